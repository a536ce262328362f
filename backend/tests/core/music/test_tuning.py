import math

import pytest

from app.core.document import parse
from app.core.mapping.pitch import cents_between, hertz
from app.core.music.tuning import JUST, Tuning, scala, tuning_of


def test_twelve_equal_is_what_there_is_by_default():
    tuning = tuning_of("12 equal", base_hz=440.0, key=0)
    assert tuning == Tuning()
    assert tuning.plain
    assert [tuning.hertz(step) for step in (-9, 0, 3)] == pytest.approx(
        [hertz("C4"), 440.0, hertz("C5")]
    )


def test_equal_divisions_of_any_interval():
    nineteen = tuning_of({"divisions": 19}, base_hz=440.0, key=0)
    assert nineteen.hertz(19) == pytest.approx(880.0, rel=1e-14)
    assert nineteen.hertz(11) == pytest.approx(440 * 2 ** (11 / 19), rel=1e-13)
    tritave = tuning_of({"divisions": 13, "interval": 3}, base_hz=440.0, key=0)
    assert tritave.hertz(13) == pytest.approx(1320.0, rel=1e-13)
    assert tritave.hertz(-13) == pytest.approx(440 / 3, rel=1e-13)


@pytest.mark.parametrize("key", range(12))
def test_just_intervals_stand_on_the_tonic_and_a4_keeps_its_pitch(key):
    tuning = tuning_of("just", base_hz=440.0, key=key)
    assert tuning.hertz((9 - key) % 12) == pytest.approx(440.0, rel=1e-13)
    assert tuning.hertz(7) / tuning.hertz(0) == pytest.approx(1.5, rel=1e-13)
    assert tuning.hertz(4) / tuning.hertz(0) == pytest.approx(1.25, rel=1e-13)
    assert tuning.classes((key, key + 7)) == (0, 7)
    assert len(tuning.steps) == len(JUST)


def test_orbits_make_a_tuning_of_their_ratios():
    locked = [24.0 / n for n in (24, 15, 9, 6, 4, 3, 2)]
    tuning = tuning_of("orbits", base_hz=440.0, key=0, periods=locked)
    ratios = sorted({n / 2 / 2 ** math.floor(math.log2(n / 2)) for n in (24, 15, 9, 6, 4, 3, 2)})
    assert [2 ** (cents / 1200) for cents in tuning.steps] == pytest.approx(ratios)
    assert tuning.hertz(0) == pytest.approx(hertz("C4"))


def test_the_nearest_step_is_the_nearest_of_all():
    for said in ({"divisions": 5}, "just", {"divisions": 13, "interval": 3}):
        tuning = tuning_of(said, base_hz=440.0, key=2)
        for cents in range(-4000, 4000, 173):
            found = abs(tuning.cents(tuning.nearest(float(cents))) - cents)
            assert found == pytest.approx(min(abs(tuning.cents(n) - cents) for n in range(-60, 60)))


def test_names_go_to_the_nearest_steps_each_once():
    five = tuning_of({"divisions": 5}, base_hz=440.0, key=9)
    assert five.classes((9, 10, 11)) == (0, 1)


def test_a_tuning_is_written_as_scala_has_it():
    text = scala(tuning_of("just", base_hz=440.0, key=0), "Just, as Mundi has it")
    lines = [line for line in text.splitlines() if not line.startswith("!")]
    assert lines[0] == "Just, as Mundi has it"
    assert int(lines[1]) == 12
    assert float(lines[2 + 6]) == pytest.approx(cents_between(2, 3), abs=1e-6)
    assert float(lines[-1]) == 1200.0
    assert parse("{}").value("music.tuning") == "12 equal"
