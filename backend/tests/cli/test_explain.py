import numpy as np

from app.cli import explain
from app.core.music.note import Note, Step
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


def test_each_note_has_a_line_and_each_reason_one_below_it():
    row, first, second = explain.table(PIECE)
    assert row.split() == [
        "1:01.504", "bell", "A4", "440.00", "0.50", "held", "hits:", "collision", "of", "a", "and", "b",
    ]  # fmt: skip
    assert first.split(maxsplit=1) == ["want", "body.x 1 asks for 440.00 Hz"]
    assert second.split(maxsplit=1) == ["leap", "to A4"]
