"""Musical periods: which height, which rod lands on the beat."""

import math
from typing import Any

from app.core.document.document import Document
from app.core.document.music import bar_beats, meter_of
from app.core.document.spans import span_of
from app.core.document.worlds import ClockSpec, clock
from app.core.numbers.angles import cos


def universe_time(document: Document, said: Any) -> float:
    """Give a span in clock units, at the document's own tempo and rate."""
    spec: ClockSpec = clock(document)
    measures = {
        "tempo": float(document.value("music.tempo")),
        "bar_beats": bar_beats(meter_of(document.value("music.meter"))),
    }
    span = span_of(said)
    heard = span.seconds(**measures) if spec.per == "second" else span.beats(**measures)
    return heard * spec.rate


def drop_height(period: float, gravity: float) -> float:
    """Give the height from which a ball that loses nothing comes back every `period`.

    Down and up again take √(2h/g) each.
    """
    return gravity * period * period / 8.0


def rod_length(period: float, gravity: float, angle: float) -> float:
    """Give the rod whose pendulum, let go at `angle` (radians), swings there and back in `period`.

    Exact at any angle below π: T = 2π √(l/g) / agm(1, cos(angle/2)), after Gauss.
    """
    one, other = 1.0, float(cos(angle / 2.0))
    for _ in range(8):  # doubles its right digits each time: five would do
        one, other = (one + other) / 2.0, math.sqrt(one * other)
    turn = period * one / (2.0 * math.pi)
    return gravity * turn * turn
