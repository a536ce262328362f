import pytest

from app.core.mapping.pitch import hertz
from app.core.music.scale import SCALES, Mode, parent
from app.core.music.tuning import Tuning
from app.core.parameters.music import SCALES as NAMED


def test_every_scale_of_the_parameters_is_here():
    assert set(NAMED) == {*SCALES, "free"}


def test_d_dorian_has_the_white_keys():
    mode = Mode.of(Tuning(), key=2, scale="dorian")
    names = {Tuning().nearest(100.0 * (s - 9)) % 12 for s in (0, 2, 4, 5, 7, 9, 11)}
    assert set(mode.classes) == names


def test_degree_zero_is_the_lowest_tonic_of_the_register():
    mode = Mode.of(Tuning(), key=0, scale="major")
    tune = Tuning()
    assert tune.hertz(mode.step(0, low_hz=500.0)) == pytest.approx(hertz("C5"))
    assert tune.hertz(mode.step(0, low_hz=hertz("C5"))) == pytest.approx(hertz("C5"))
    assert tune.hertz(mode.step(0, low_hz=hertz("C#5"))) == pytest.approx(hertz("C6"))


def test_degrees_walk_the_scale_in_both_directions():
    mode = Mode.of(Tuning(), key=9, scale="minor pentatonic")
    walk = [Tuning().hertz(mode.step(degree, low_hz=200.0)) for degree in range(-2, 7)]
    names = ["E3", "G3", "A3", "C4", "D4", "E4", "G4", "A4", "C5"]
    assert walk == pytest.approx([hertz(name) for name in names])


def test_fifteen_degrees_of_seven_fill_the_bells_register():
    mode = Mode.of(Tuning(), key=0, scale="major")
    assert Tuning().hertz(mode.step(14, low_hz=500.0)) <= 2100.0


def test_nearest_prefers_the_lower_of_two():
    assert Tuning().nearest(50.0) == 0
    assert Tuning().nearest(50.1) == 1
    assert Tuning().nearest(-49.0) == 0


def test_another_tuning_takes_the_nearest_steps_to_the_named_cents():
    nineteen = Tuning(440.0, tuple(1200.0 * i / 19 for i in range(19)))
    mode = Mode.of(nineteen, key=9, scale="major")
    assert mode.classes == (0, 3, 6, 8, 11, 14, 17)


def test_scales_without_seven_steps_borrow_chords():
    assert parent("blues") == SCALES["minor"]
    assert parent("whole tone") == SCALES["major"]
    assert parent("dorian") == SCALES["dorian"]
