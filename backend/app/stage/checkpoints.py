"""Performances kept on disk, so that a killed stage resumes and a seek is short.

A cache: any file may vanish. Each is written whole or not at all and carries its own hash.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

ROOM_BYTES = 64 << 20
TOTAL_BYTES = 1 << 30
AGE_SHARE = 8  # the older, the fewer: a gap may be an eighth of its age


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A performance as it was before `tick`, obeying every edit up to `rev`."""

    tick: int
    rev: int
    data: bytes


class Checkpoints:
    """A folder of checkpoints, one folder a journal."""

    def __init__(self, folder: Path, *, engine: str) -> None:
        self._folder = folder
        self._engine = engine

    def save(self, journal: UUID, checkpoint: Checkpoint) -> None:
        """Write one checkpoint and thin the older ones."""
        head = {
            "engine": self._engine,
            "tick": checkpoint.tick,
            "rev": checkpoint.rev,
            "sha256": hashlib.sha256(checkpoint.data).hexdigest(),
        }
        room = self._room(journal)
        room.mkdir(parents=True, exist_ok=True)
        _write(_path(room, checkpoint.tick), json.dumps(head).encode() + b"\n" + checkpoint.data)
        _thin(room)
        _bound(self._folder, spare=room)

    def nearest(self, journal: UUID, tick: int, *, rev: int) -> Checkpoint | None:
        """Find the newest sound checkpoint at or before a tick that obeys no edit after `rev`."""
        for path in reversed(_kept(self._room(journal))):
            found = self._read(path) if int(path.stem) <= tick else None
            if found and found.rev <= rev:
                return found
        return None

    def inherit(self, parent: UUID, child: UUID, tick: int) -> None:
        """Let a branched journal use its parent's checkpoints of their common past."""
        room = self._room(child)
        room.mkdir(parents=True, exist_ok=True)
        for path in _kept(self._room(parent)):
            if int(path.stem) <= tick and not (room / path.name).exists():
                os.link(path, room / path.name)

    def forget(self, journal: UUID) -> None:
        """Drop everything kept of a journal."""
        shutil.rmtree(self._room(journal), ignore_errors=True)

    def _read(self, path: Path) -> Checkpoint | None:
        try:
            first, _, data = path.read_bytes().partition(b"\n")
            head = json.loads(first)
        except (OSError, ValueError):
            return None
        sound = head["sha256"] == hashlib.sha256(data).hexdigest()
        if not sound or head["engine"] != self._engine:
            return None
        return Checkpoint(head["tick"], head["rev"], data)

    def _room(self, journal: UUID) -> Path:
        return self._folder / journal.hex


def _path(room: Path, tick: int) -> Path:
    return room / f"{tick:015d}.checkpoint"


def _kept(room: Path) -> list[Path]:
    return sorted(room.glob("*.checkpoint"))


def _write(path: Path, data: bytes) -> None:
    draft = path.with_suffix(".part")
    draft.write_bytes(data)
    draft.replace(path)


def _thin(room: Path) -> None:
    """Keep fewer of the old than of the new, and no more bytes than a room may have."""
    newest_first = list(reversed(_kept(room)))
    keep = set(_spaced(newest_first))
    left = ROOM_BYTES
    for path in newest_first:
        left -= path.stat().st_size
        if path not in keep or left < 0:
            path.unlink()


def _spaced(newest_first: list[Path]) -> Iterator[Path]:
    ticks = [int(path.stem) for path in newest_first]
    last = None
    for path, tick in zip(newest_first, ticks, strict=True):
        if last is None or last - tick >= (ticks[0] - tick) / AGE_SHARE:
            last = tick
            yield path


def _bound(folder: Path, *, spare: Path) -> None:
    """Drop the journals nobody has played for longest while all together are too large."""
    rooms = sorted(folder.iterdir(), key=lambda room: room.stat().st_mtime)
    sizes = {room: sum(path.stat().st_size for path in room.iterdir()) for room in rooms}
    total = sum(sizes.values())
    for room in rooms:
        if total <= TOTAL_BYTES:
            return
        if room != spare:
            shutil.rmtree(room, ignore_errors=True)
            total -= sizes[room]
