"""The client's walk through the API, as a stranger takes it: typed, told, on a server with letters."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from mundi_client import Client
from served import served

PYTHON = Path(__file__).resolve().parents[3] / "clients" / "python"
_SPEC = importlib.util.spec_from_file_location("tour", PYTHON / "tour.py")
tour = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(tour)


def test_two_people_and_a_guest_get_through_everything_the_api_does(tmp_path, capsys):
    letters = tmp_path / "letters"
    with served(tmp_path, MUNDI_MAIL=f"file:{letters}") as address:
        tour.tour(lambda: Client(address), tour.from_folder(letters), tmp_path)

    told = capsys.readouterr().out
    assert "“A ball, and another like a moon” has 2 bodies" in told
    assert "kept: ['Before the storm']" in told
    assert (tmp_path / "piece.wav").read_bytes()[:4] == b"RIFF"
    assert told.endswith("Nothing is left behind.\n")


@pytest.mark.parametrize("script", ["tour.py"])
def test_a_script_that_uses_the_client_is_checked_strictly(script):
    # Silent about the client itself: what a script sees of it is what counts.
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", script]
    environment = os.environ | {"MYPYPATH": "."}
    done = subprocess.run(command, cwd=PYTHON, env=environment, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
