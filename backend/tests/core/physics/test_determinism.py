"""The same bits on every processor: a whole small world under two targets of the compiler."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[3]
PLAY = """
import hashlib
from app.core.document import judge
from app.core.physics import Watch, World
from app.core.story import Clock
said = {
    "title": "t", "physics": {"gravitation": 1, "air_resistance": 0.1, "temperature": 20},
    "crowds": {"c": {"sow": "ball", "n": 30, "extent": 4, "radius": 0.2, "speed": 1}},
    "bodies": {"bob": {"rod": {"length": 2, "angle": 50}}, "s": {"fixed": True, "mass": 3},
               "p": {"orbit": {"about": "s", "period": 2, "eccentricity": 0.3}}},
}
document = judge(said)
watch = Watch("crossing", measure="body.angle", at=(0.0, 1.0))
world = World.of(document, (watch,), seed=5)
frames, events = world.advance(240, Clock.of(document))
print(hashlib.sha256(frames.tobytes() + repr(events).encode()).hexdigest())
"""


def played_on(cpu):
    environment = {**os.environ, **({"NUMBA_CPU_NAME": cpu} if cpu else {})}
    if cpu == "generic":
        environment["NUMBA_CPU_FEATURES"] = ""
    done = subprocess.run(
        [sys.executable, "-c", PLAY], env=environment, cwd=BACKEND, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.timeout(600)  # each new target compiles the physics once
def test_the_bits_do_not_depend_on_the_processor():
    here = played_on("")

    assert len(here) == len(hashlib.sha256().hexdigest())
    assert played_on("haswell") == here
    assert played_on("generic") == here
