"""One performance, three ways out: what is exported is what was heard, bit for bit."""

import importlib.util
import io
import json
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

# The real server of the rooms' tests: a conftest beside us is not a module one can import.
_SPEC = importlib.util.spec_from_file_location(
    "rooms", Path(__file__).with_name("websocket") / "conftest.py"
)
rooms = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(rooms)
server = rooms.server

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TICKS = 240
pytestmark = pytest.mark.proof


def rendered(person, universe: str, *, ticks: int, journal: str | None) -> np.ndarray:
    """Ask for a WAV over HTTP and read its samples."""
    body = {"universe_id": universe, "ticks": ticks, "journal": journal}
    job = person("POST", "audio/renders", json=body).json()
    end = time.monotonic() + 90
    while (state := person("GET", f"audio/renders/{job['id']}").json()["state"]) != "done":
        assert state in ("queued", "running"), state
        assert time.monotonic() < end
        time.sleep(0.1)
    file = person("GET", f"audio/renders/{job['id']}/file")
    return samples_of(file.content)


def played(path: Path, wav: Path, *more: str) -> np.ndarray:
    """Play a file with the command line and read the WAV it writes."""
    subprocess.run(
        [rooms.MUNDI, "play", path, "--wav", wav, *more], check=True, capture_output=True
    )
    return samples_of(wav.read_bytes())


def samples_of(wav: bytes) -> np.ndarray:
    samples, rate = soundfile.read(io.BytesIO(wav), dtype="int16")
    assert rate == 48_000
    return samples


def streamed(listener, *, ticks: int) -> np.ndarray:
    """Listen from tick 0 on."""
    listener.until_tick(ticks)
    first, samples = listener.sound()
    assert first == 0
    return samples[: ticks * 400]


@pytest.mark.parametrize("name", ["polyrhythm", "figure-eight", "trappist-1"])
def test_export_command_line_and_room_give_the_same_samples(server, tmp_path, name):
    document = json.loads((EXAMPLES / f"{name}.json").read_text())
    person = server.register()
    universe = person.universe(document)
    with rooms.listening(server, universe, person=person) as room:
        heard = streamed(room, ticks=TICKS)

    file = rendered(person, universe, ticks=TICKS, journal=None)
    line = played(EXAMPLES / f"{name}.json", tmp_path / "out.wav", "--seconds", str(TICKS / 120))

    assert np.abs(heard).max() > 100
    assert np.array_equal(heard, file)
    assert np.array_equal(heard, line)


def test_a_take_in_which_balls_were_thrown_gives_the_same_samples(server, tmp_path):
    document = json.loads((EXAMPLES / "polyrhythm.json").read_text())
    person = server.register()
    universe = person.universe(document)
    with rooms.listening(server, universe, person=person) as room:
        for place in range(4):
            ball = {"position": [0.1 * place, 0.8, 0], "velocity": [0.5, 1, 0], "radius": 0.05}
            room.until_tick(18 * (place + 1))
            room.edit({"bodies": {f"zz-{place}": ball}})
            room.until("applied")
        last = room.told("applied")["tick"]
        ticks = last - last % 6 + 180
        heard = streamed(room, ticks=ticks)
        journal = room.words[0]["journal"]

    file = rendered(person, universe, ticks=ticks, journal=journal)
    taken = person(
        "GET", f"universes/{universe}/take", params={"journal": journal, "ticks": ticks}
    ).json()
    path = tmp_path / "take.json"
    path.write_text(json.dumps(taken))
    line = played(path, tmp_path / "out.wav")

    assert len(taken["journal"]) == 4
    assert np.array_equal(heard, file)
    assert np.array_equal(heard, line)
    alone = played(EXAMPLES / "polyrhythm.json", tmp_path / "alone.wav", "--seconds", "4")
    size = min(len(alone), len(heard))
    assert not np.array_equal(alone[:size], heard[:size])  # the balls are in it
