import numpy as np

from app.cli import explain
from app.core.music.note import STEPS, Note, Step
from app.core.performance.slice import Meters, Slice

WHY = (Step("want", 1.0, 440.0, "body.x 1 asks for 440.00 Hz"), Step("leap", 880.0, 440.0, "to A4"))
NOTE = Note(
    0, 7380, 0.5, 0, 0.0, 440.0, 0.5, float("inf"), "bell", 0.0, 0.5, "hits", "collision",
    ("a", "b"), (0.0, 0.0, 0.0), WHY,
)  # fmt: skip
PIECE = Slice(
    7380, 1, 0.0, (), np.zeros((1, 0, 6)), (), (NOTE,), (), np.zeros((400, 2), np.float32),
    Meters(0.0, 0.0, 0.0),
)  # fmt: skip


def test_each_note_has_a_line_and_each_step_of_its_way_one_below_it():
    row, *steps = explain.table(PIECE)
    assert row.split() == [
        "1:01.504", "bell", "A4", "440.00", "0.50", "held", "hits:", "collision", "of", "a", "and", "b",
    ]  # fmt: skip
    told = dict(line.split(maxsplit=1) for line in steps)
    assert tuple(told) == STEPS
    assert told["want"] == "body.x 1 asks for 440.00 Hz"
    assert told["leap"] == "to A4"
    assert {told[name] for name in STEPS if name not in ("want", "leap")} == {explain.UNMOVED}
