import pytest

from app.core.music.rhythm import Grid, Phrase, grid_beats, levels, swung


def test_each_grid_divides_the_one_before():
    assert levels(0.25) == (1.0, 0.5, 0.25)
    assert levels(1 / 6) == pytest.approx((1.0, 1 / 3, 1 / 6))
    assert levels(2.0) == (2.0,)
    assert levels(2 / 3) == (1.0, 2 / 3)


def test_rhythm_complexity_goes_from_beats_to_the_quantize_value():
    assert [grid_beats(0.25, rhythm_complexity=x) for x in (0.0, 0.5, 1.0)] == [1.0, 0.5, 0.25]
    assert grid_beats(0.0, rhythm_complexity=1.0) == 0.0


def test_a_note_waits_for_the_first_line_not_before_its_event():
    grid = Grid(0.25)
    assert [grid.line_from(beat) for beat in (0.0, 0.01, 0.25, 7.3)] == [0.0, 0.25, 0.25, 7.5]


def test_rounding_does_not_cost_a_step():
    third = Grid(1 / 3)
    for number in range(1, 3000, 7):
        beat = (number / 3) * (1 + 1e-15)
        assert third.line_from(beat) == pytest.approx(number / 3, abs=1e-9)


def test_full_swing_puts_the_second_eighth_on_the_triplet():
    grid = Grid(0.5, swing=1.0)
    assert [grid.line(n) for n in range(4)] == pytest.approx([0.0, 2 / 3, 1.0, 5 / 3])
    assert grid.line_from(0.55) == pytest.approx(2 / 3)
    assert Grid(0.25, swing=1.0).line(1) == pytest.approx(1 / 3)


def test_swing_leaves_grids_without_eighths_alone_and_keeps_order():
    assert Grid(1 / 3, swing=1.0).line(1) == pytest.approx(1 / 3)
    lines = [swung(n / 16, 0.7) for n in range(64)]
    assert lines == sorted(lines)


def test_a_phrase_breathes():
    breath = Phrase(3.0, 1.0)
    assert [breath.rests(bar) for bar in (0.0, 2.9, 3.0, 3.9, 4.0)] == [
        False,
        False,
        True,
        True,
        False,
    ]
