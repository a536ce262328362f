"""Files people name on the command line."""

import os
import sys
from pathlib import Path

from app.errors import InputError

# More than any universe or take may have; what is longer is refused before it is read whole.
BYTES_MAX = 64 * 1024 * 1024


def read(name: str) -> bytes:
    """Give the bytes of a file, or of standard input for "-"; raises InputError in one line."""
    if name == "-":
        return _bounded(sys.stdin.buffer.read(BYTES_MAX + 1), "standard input")
    try:
        with Path(name).open("rb") as file:
            return _bounded(file.read(BYTES_MAX + 1), name)
    except OSError as fault:
        reason = os.strerror(fault.errno) if fault.errno else str(fault)
        raise InputError(f"{name}: {reason.lower()}") from None


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > BYTES_MAX:
        raise InputError(f"{name}: more than {BYTES_MAX} bytes")
    if not data.strip():
        raise InputError(f"{name}: the file is empty; a universe is a JSON object")
    return data
