"""One server to a folder: two would each believe they perform its rooms."""

import fcntl
import os
from io import TextIOWrapper
from pathlib import Path


def lock_folder(folder: Path) -> TextIOWrapper:
    """Take a folder until the process ends or the returned file is closed.

    Raises:
        BlockingIOError: another process has it; the message says which.
    """
    # Kept open on purpose: the lock goes with the file, even if the process is killed.
    stream = (folder / "lock").open("a+")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.seek(0)
        holder = stream.read().strip() or "another process"
        stream.close()
        raise BlockingIOError(f"{folder} is in use by {holder}") from None
    stream.truncate(0)
    stream.write(f"process {os.getpid()}")
    stream.flush()
    return stream
