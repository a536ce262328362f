from math import gcd

from app.core.audio import layout


def test_each_line_of_the_room_is_longer_than_a_tick_and_fits_its_ring():
    assert all(
        layout.TICK <= length < layout.ECHO_RING - layout.TICK for length in layout.ECHO_LENGTHS
    )


def test_no_two_lines_of_the_room_share_a_period():
    lengths = layout.ECHO_LENGTHS

    assert all(gcd(a, b) == 1 for a in lengths for b in lengths if a < b)


def test_a_string_holds_the_lowest_note_and_a_ring_the_longest_delay():
    assert layout.STRING_SAMPLES > layout.RATE / 20 + 2
    assert layout.DELAY_RING > 2 * layout.RATE + layout.TICK
    assert layout.PRE_RING > layout.RATE + layout.TICK


def test_the_pool_has_room_for_those_that_fade():
    assert layout.POOL > layout.VOICES_MAX
