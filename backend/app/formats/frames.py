"""Frames as CSV: where every body is and how it moves at the start of every tick."""

from collections.abc import Iterable
from typing import BinaryIO

from app.core.performance.slice import Slice

HEAD = "tick,body,x,y,z,vx,vy,vz\n"


class FramesWriter:
    """Writes a line for every body and tick; numbers are the shortest that read back exactly."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        stream.write(HEAD.encode())

    def take(self, piece: Slice) -> None:
        """Write the frames of one slice."""
        lines = []
        for number, rows in enumerate(piece.frames.tolist(), piece.tick):
            for name, row in zip(piece.roster, rows, strict=True):
                lines.append(f"{number},{name},{','.join(map(repr, row))}\n")
        self._stream.write("".join(lines).encode())

    def close(self) -> None:
        """Finish the file."""


def write(slices: Iterable[Slice], stream: BinaryIO) -> None:
    """Write the frames of a whole performance."""
    writer = FramesWriter(stream)
    for piece in slices:
        writer.take(piece)
    writer.close()
