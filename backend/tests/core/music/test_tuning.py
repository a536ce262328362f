import math

import pytest

from app.core.document import judge, parse
from app.core.mapping.pitch import cents_between, hertz
from app.core.music.tuning import JUST, Tuning, keyboard, scala, tuning_in, tuning_of


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


SLENDRO = "! slendro\n!\na slendro\n 5\n!\n 231.0\n 474.0\n 717.0\n 955.0\n 1208.0\n"
MAP = "0\n0\n127\n60\n69\n432.0\n0\n"


def test_a_scala_scale_stands_on_the_tonic_and_repeats_where_it_says():
    tuning = tuning_of({"scala": SLENDRO}, base_hz=440.0, key=2)
    assert tuning.steps == (0.0, 231.0, 474.0, 717.0, 955.0)
    assert tuning.period == 1208.0
    assert tuning.hertz(0) == pytest.approx(hertz("D4"))
    assert cents_between(tuning.hertz(2), tuning.hertz(7)) == pytest.approx(1208.0)


def test_a_keyboard_mapping_says_where_it_stands_instead():
    tuning = tuning_of({"scala": SLENDRO, "keyboard": MAP}, base_hz=440.0, key=2)
    # Key 69 is nine degrees above key 60: one turn of 1208 cents and 955.
    assert cents_between(tuning.base_hz, 432.0) == pytest.approx(1208 + 955)


def test_keys_that_are_not_mapped_are_no_notes():
    said = {"scala": SLENDRO, "keyboard": "3\n0\n127\n60\n60\n261.0\n5\n0\nx\n3\n"}
    tuning = tuning_of(said, base_hz=440.0, key=0)
    assert (tuning.steps, tuning.period, tuning.base_hz) == ((0.0, 717.0), 1208.0, 261.0)


def test_notes_in_any_order_and_octave_are_brought_within_the_period():
    said = {"scala": "x\n4\n1900.0\n-500.0\n700.0\n2/1\n"}
    assert tuning_of(said, base_hz=440.0, key=0).steps == pytest.approx((0.0, 700.0))


@pytest.mark.parametrize(
    "said", ["just", {"divisions": 13, "interval": 3}, {"scala": SLENDRO}, "orbits"]
)
def test_what_is_written_is_read_back_as_the_same_pitches(said):
    made = tuning_of(said, base_hz=441.0, key=5, periods=[1.5, 2.4, 4.05, 6.1])
    again = tuning_of(
        {"scala": scala(made, "again"), "keyboard": keyboard(made)}, base_hz=440.0, key=0
    )
    pitches = [made.hertz(step) for step in range(-9, 30)]
    assert [again.hertz(step) for step in range(-9, 30)] == pytest.approx(pitches, rel=1e-12)


def test_a_universe_is_tuned_by_its_own_periods():
    sky = {
        "bodies": {
            "sun": {"fixed": True},
            "b": {"orbit": {"about": "sun", "period": 2}},
            "c": {"orbit": {"about": "sun", "period": 3}},
        },
        "music": {"tuning": "orbits", "key": "A"},
    }
    tuning = tuning_in(judge(sky))
    assert tuning.steps == pytest.approx((0.0, 701.9550008653874))


@pytest.mark.parametrize(
    "tuning",
    [
        Tuning(),
        tuning_of("just", base_hz=440.0, key=3),
        tuning_of({"divisions": 1}, base_hz=440.0, key=0),
        tuning_of({"divisions": 31, "interval": 3}, base_hz=440.0, key=0),
        tuning_of("orbits", base_hz=440.0, key=0, periods=(1.51, 2.42, 4.05, 6.1, 9.2, 18.77)),
    ],
)
def test_the_nearest_step_is_the_nearest_of_all_and_of_two_the_lower(tuning):
    count = len(tuning.steps)
    middles = [(tuning.cents(i) + tuning.cents(i + 1)) / 2 for i in range(-2 * count, 2 * count)]
    for cents in [*middles, *map(tuning.cents, range(-count, count)), *range(-3000, 3000, 7)]:
        every = range(-6 * count - 40, 6 * count + 40)
        wanted = min(every, key=lambda step: (abs(tuning.cents(step) - cents), step))
        assert tuning.nearest(cents) == wanted
