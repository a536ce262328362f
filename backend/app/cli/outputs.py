"""Files that appear whole or not at all."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.errors import InputError


class Outputs:
    """Opens each file under another name beside its target, and names them all at the end."""

    def __init__(self) -> None:
        self._open: list[tuple[BinaryIO, Path, Path]] = []

    def open(self, target: Path) -> BinaryIO:
        """Open a file for writing; raises InputError where none can be."""
        part = target.with_name(target.name + ".part")
        try:
            stream = part.open("w+b")
        except OSError as fault:
            raise InputError(f"{target} cannot be written: {fault.strerror}") from None
        self._open.append((stream, part, target))
        return stream

    def keep(self) -> None:
        """Close every file and give it its name."""
        for stream, part, target in self._open:
            stream.close()
            part.replace(target)
        self._open.clear()

    def drop(self) -> None:
        """Close every file and remove it."""
        for stream, part, _ in self._open:
            with contextlib.suppress(OSError):
                stream.close()
            part.unlink(missing_ok=True)
        self._open.clear()


@contextlib.contextmanager
def outputs() -> Iterator[Outputs]:
    """Keep what was written if all went well, and leave nothing otherwise."""
    made = Outputs()
    try:
        yield made
        made.keep()
    except BrokenPipeError:
        raise  # whoever read what we print has gone: click ends quietly
    except OSError as fault:
        raise InputError(f"writing failed: {fault.strerror}") from None
    finally:
        made.drop()
