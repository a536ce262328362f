import subprocess
import sys

import pytest

from app.utils.folder_lock import lock_folder


def test_a_folder_has_one_server_and_says_which(tmp_path):
    code = f"""
import sys
from pathlib import Path
from app.utils.folder_lock import lock_folder
held = lock_folder(Path({str(tmp_path)!r}))
print("held", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BlockingIOError, match=f"in use by process {other.pid}"):
            lock_folder(tmp_path)
        other.kill()

    with lock_folder(tmp_path):
        pass  # a killed server leaves its folder free
