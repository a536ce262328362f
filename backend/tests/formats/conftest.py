"""Slices made by hand."""

import math

import numpy as np
import pytest

from app.core.music.note import Control, Note, Step
from app.core.performance.slice import Meters, Slice
from app.core.physics.event import Event


def note(number, heard_s, hz=440.0, **changed):
    tick = int(heard_s * 120)
    said = {
        "id": number, "tick": tick, "offset": heard_s * 120 - tick, "sample": round(heard_s * 48000),
        "universe_time": heard_s * 2, "hz": hz, "velocity": 0.5, "duration_s": 0.25, "voice": "bell",
        "pan": 0.0, "brightness": 0.5, "rule": "hits", "event": "collision", "bodies": ("a",),
        "place": (0.1, 0.2, 0.3), "why": (Step("want", 1.0, hz, "the rule says so"),),
    }  # fmt: skip
    return Note(**{**said, **changed})


def piece(tick, ticks, *, notes=(), controls=(), events=(), seed=1):
    noise = np.random.default_rng(seed + tick)
    return Slice(
        tick=tick,
        ticks=ticks,
        universe_time=tick / 60,
        roster=("a", "b"),
        frames=noise.standard_normal((ticks, 2, 6)),
        events=tuple(events),
        notes=tuple(notes),
        controls=tuple(controls),
        samples=noise.uniform(-1.2, 1.2, (ticks * 400, 2)).astype(np.float32),
        meters=Meters(1.0, 0.5, 0.0),
    )


@pytest.fixture
def slices():
    """Two seconds: a short note, a held one that glides and ends, one still held at the end."""
    hit = Event(
        "collision", 12, 0.25, 0.204, ("a", "b"), (1.0, 0.0, -1.0), wall="", impulse=0.1 + 0.2
    )
    return [
        piece(0, 120, events=[hit], notes=[note(0, 0.1, 261.6255653), note(1, 0.5, 300.0, duration_s=math.inf)]),
        piece(
            120, 120,
            notes=[note(2, 1.5, 445.7, voice="pluck", duration_s=math.inf), note(3, 1.75, 80.0, voice="drum")],
            controls=[Control(1, 150, 320.0, 0.5, 0.0, 0.5), Control(1, 180, 320.0, 0.5, 0.0, 0.5, ends=True)],
        ),
    ]  # fmt: skip
