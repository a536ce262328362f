"""A thousand events in one tick: the limit holds, nothing clips, and the log has them all."""

import numpy as np
import pytest

from app.core.document import judge
from app.core.performance import Performance
from app.core.performance.performance import Performance as Played
from app.core.physics.event import Event


@pytest.fixture
def crowded():
    """A universe that sings of every collision, and a thousand of them in tick 3."""
    said = {
        "physics": {"gravity": [0, 0, 0]},
        "bodies": {"a": {}},
        "music": {"note_density": 200, "volume": 1},
        "rules": {"hits": {"when": {"event": "collision"}, "note": {
            "voice": {"from": "event.index", "scale": "list", "list": ["drum", "bell", "pluck", "pad"]},
            "pitch": {"from": "event.impulse", "range": [60, 4000], "domain": [0, 1000]}, "velocity": {"from": "event.impulse", "domain": [0, 1000], "range": [0.1, 1]}}}},
    }  # fmt: skip
    performance = Performance(judge(said))
    performance.run(3)
    performance._arrivals = [
        Event("collision", 3, n / 1000, 0.025, ("a",), wall="floor", impulse=float(n), index=n)
        for n in range(1000)
    ]
    return performance


def test_the_limit_holds_the_loudest_are_heard_and_the_log_has_every_one(crowded: Played):
    piece = crowded.run(240)
    assert len([event for event in piece.events if event.kind == "collision"]) == 1000
    assert len(piece.notes) == 25  # an eighth of a second's worth
    wanted = [note.why[0].before for note in piece.notes]
    assert min(wanted) >= 974
    assert all("of 1000 in this tick" in step.reason for note in piece.notes for step in note.why if step.name == "density")  # fmt: skip


def test_nothing_clips(crowded: Played):
    samples = crowded.run(240).samples
    assert np.isfinite(samples).all()
    assert 0.3 < np.abs(samples).max() < 10 ** (-1 / 20) + 1e-6
