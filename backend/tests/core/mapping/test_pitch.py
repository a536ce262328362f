import math

import pytest

from app.core.mapping import pitch


def test_the_octave_is_exact_and_a4_is_the_base():
    assert pitch.hertz("A4") == 440.0
    assert [pitch.hertz(f"A{n}") for n in range(1, 8)] == [
        440.0 * 2.0 ** (n - 4) for n in range(1, 8)
    ]


def test_names_lie_where_twelve_equal_steps_put_them():
    for name, number in [("C4", 60), ("F#3", 54), ("Bb5", 82), ("C-1", 0), ("B9", 131)]:
        assert pitch.hertz(name) == pytest.approx(440 * 2 ** ((number - 69) / 12), rel=1e-14)


def test_a_higher_a_lifts_every_name_alike():
    assert pitch.hertz("E5", base_hz=432.0) / pitch.hertz("E5") == pytest.approx(
        432 / 440, rel=1e-14
    )


def test_cents_and_hertz_are_each_others_inverse():
    for cents in (-4321.5, -1200.0, -0.25, 0.0, 386.3137, 1200.0, 3333.3):
        assert pitch.cents_between(220.0, pitch.raised(220.0, cents)) == pytest.approx(
            cents, abs=1e-9
        )


def test_trappist_h_at_c3_puts_b_where_the_real_worlds_say():
    hz = pitch.hertz("C3") * 18.76626 / 1.5108739
    assert pitch.key_number(hz) == pytest.approx(91.6162, abs=5e-5)


def test_pitch_classes_count_from_c():
    assert pitch.pitch_class(pitch.hertz("C4")) == pytest.approx(0.0, abs=1e-9)
    assert pitch.pitch_class(pitch.hertz("A2")) == pytest.approx(9.0, abs=1e-9)


def test_spelling_names_the_nearest_note_and_the_rest_in_cents():
    assert pitch.spelled(440.0) == "A4"
    assert pitch.spelled(pitch.raised(pitch.hertz("Eb3"), -14.0)) == "Eb3-14"
    assert math.isfinite(pitch.hertz(61.5))
