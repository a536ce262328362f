"""Time 60 s of music against Csound and scsynth, each on one core: make bench.

Seconds are processor time, user and system, of a warm process; the best of three, since others share
the machine. The peers' start counts too: it is less than a tenth of a second.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "backend"))

import csound  # noqa: E402 - the app is found by the line above
import scsynth  # noqa: E402
from app.core.audio import Instrument  # noqa: E402
from app.core.audio.meters import decibels, rms  # noqa: E402
from app.core.document import judge  # noqa: E402
from app.core.music.note import Note  # noqa: E402
from score import SECONDS, Stroke, score  # noqa: E402
from verdict import verdict  # noqa: E402

RUNS = 3
SLICE_TICKS = 6
PEERS = {"csound": csound, "scsynth": scsynth}
ASKED = {"csound": 1.0, "scsynth": 2.0}


def notes(strokes: list[Stroke]) -> list[Note]:
    """Give the score as our own notes."""
    made = []
    for number, one in enumerate(strokes):
        sample = round(one.at_s * 48_000)
        made.append(
            Note(
                id=number, tick=sample // 400, offset=sample % 400 / 400, sample=sample,
                universe_time=0.0, hz=one.hz, velocity=one.velocity, duration_s=one.duration_s,
                voice=one.voice, pan=one.pan, brightness=0.5, rule="", event="", bodies=(),
                place=(0.0, 0.0, 0.0),
            )
        )  # fmt: skip
    return made


def ours(strokes: list[Stroke]) -> tuple[float, np.ndarray]:
    """Render slice by slice; give processor seconds and the sound, as loud as the peers'."""
    instrument = Instrument.of(judge({"music": {"release": 0.1, "volume": 0.56}}))
    waiting, parts = notes(strokes)[::-1], []
    began = time.process_time()
    for tick in range(0, round(SECONDS * 120), SLICE_TICKS):
        due = []
        while waiting and waiting[-1].sample < (tick + SLICE_TICKS) * 400:
            due.append(waiting.pop())
        parts.append(instrument.render(tick, SLICE_TICKS, due, []))
    return time.process_time() - began, np.concatenate(parts)


def peer(name: str, strokes: list[Stroke]) -> tuple[float, np.ndarray]:
    """Render with a program; give its processor seconds and the sound."""
    with tempfile.TemporaryDirectory() as place:
        command = PEERS[name].write(strokes, Path(place))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(
            command, check=True, env=os.environ | {"SC_JACK_DEFAULT_OUTPUTS": ""}, **quiet
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        sound, _ = soundfile.read(Path(place) / f"{name}.wav")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, sound


def told(name: str, seconds: float, sound: np.ndarray) -> None:
    """Print a row; the level shows that it was not silence that was rendered."""
    level = decibels(rms(sound))
    print(f"{name:8s} {seconds:6.2f} s  {SECONDS / seconds:6.1f} x real time  {level:6.1f} dB RMS")


def main() -> None:
    """Render with everything that is installed and print the ratios."""
    strokes = score()
    ours(strokes[:10])
    seconds, sound = min((ours(strokes) for _ in range(RUNS)), key=lambda run: run[0])
    told("mundi", seconds, sound)
    for name in PEERS:
        if shutil.which(name) is None:
            print(f"{name:8s} is not installed (Debian: csound, supercollider-server)")
            continue
        other, heard = min((peer(name, strokes) for _ in range(RUNS)), key=lambda run: run[0])
        told(name, other, heard)
        ratio, asked = other / seconds, ASKED[name]
        verdict(
            f"faster than {name}",
            asked=f">= {asked} x",
            reached=f"{ratio:.2f} x",
            good=ratio >= asked,
        )
    pace = SECONDS / seconds
    verdict("one core", asked=">= 60 x real time", reached=f"{pace:.0f} x", good=pace >= 60)


if __name__ == "__main__":
    main()
