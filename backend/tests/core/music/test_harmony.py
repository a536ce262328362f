import pytest

from app.core.document import parse
from app.core.document.music import music
from app.core.mapping.pitch import hertz
from app.core.music.chord import Progression
from app.core.music.harmony import Harmony
from app.core.music.tuning import tuning_of


def harmony(**changes):
    values = dict(music(parse("{}")).values)
    values.update({f"music.{name}": value for name, value in changes.items()})
    base = float(values["music.base_frequency"])
    tuning = tuning_of(values["music.tuning"], base_hz=base, key=0)
    return Harmony.of(values, Progression(("I", "IV"), 4.0), tuning)


def heard(made, name, beat):
    tuning = made.mode.tuning
    return tuning.hertz(made.choice(tuning.above(hertz(name)), moment=beat).step)


def test_the_chord_of_the_moment_draws():
    made = harmony(harmony=1.0, harmony_complexity=0.25)
    assert heard(made, "B4", 0.0) == pytest.approx(hertz("C5"))
    assert heard(made, "B4", 4.0) in (pytest.approx(hertz("C5")), pytest.approx(hertz("A4")))
    assert heard(made, "G4", 0.0) == pytest.approx(hertz("G4"))
    assert heard(made, "G4", 4.0) == pytest.approx(hertz("A4")) or heard(
        made, "G4", 4.0
    ) == pytest.approx(hertz("F4"))


def test_without_pull_the_scale_alone_decides():
    made = harmony(harmony=0.0)
    assert heard(made, "B4", 0.0) == pytest.approx(hertz("B4"))


def test_the_base_frequency_moves_everything():
    assert heard(harmony(harmony=0.0, base_frequency=432.0), "A4", 0.0) == pytest.approx(432.0)


def test_free_is_known():
    assert harmony(scale="free").free
    assert not harmony(scale="blues").free


def test_pulling_is_like_being_made_so():
    made = harmony(harmony=0.2, dissonance=0.1, key="D", scale="dorian")
    moved = {"music.harmony": 0.7, "music.dissonance": 0.4}
    assert made.pulling(moved) == harmony(harmony=0.7, dissonance=0.4, key="D", scale="dorian")
    assert made.pulling({"music.harmony": 0.2, "music.dissonance": 0.1}) is made
