import dataclasses
import math

from app.core.mapping.want import Want
from app.core.music.holding import Holding
from app.core.music.note import Note

WANT = Want(0, 0.0, 0.0, "r", "while", ("a",), (0.0, 0.0, 0.0), "pad", hz=200.0)
NOTE = Note(
    4, 0, 0.0, 0, 0.0, 200.0, 0.5, math.inf, "pad", 0.0, 0.5, "r", "while", ("a",), (0.0, 0.0, 0.0)
)


def test_a_control_is_sent_only_for_what_changed():
    holding = Holding()
    holding.begin("r/a", NOTE)
    assert holding.follow(WANT, 200.0, 0.5, 1) == []
    (control,) = holding.follow(WANT, 201.0, 0.5, 2)
    assert (control.note, control.tick, control.hz, control.ends) == (4, 2, 201.0, False)
    assert holding.follow(WANT, 201.0, 0.5, 3) == []


def test_what_is_wished_no_more_ends():
    holding = Holding()
    holding.begin("r/a", NOTE)
    assert holding.ended({"r/a"}, 5) == []
    (control,) = holding.ended(set(), 6)
    assert (control.note, control.ends) == (4, True)
    assert not holding.holds("r/a")


def test_the_next_of_a_stream_ends_the_one_before():
    holding = Holding()
    lasting = dataclasses.replace(WANT, until_next=True)
    assert holding.replace(lasting, NOTE, 0) == []
    (control,) = holding.replace(WANT, dataclasses.replace(NOTE, id=5), 9)
    assert (control.note, control.tick, control.ends) == (4, 9, True)
    assert holding.replace(WANT, dataclasses.replace(NOTE, id=6), 12) == []
