import pytest

from app.stage.transport import LATE_S, Transport, lead_for, on_the_grid


def test_every_tick_follows_from_the_anchor_exactly():
    transport = Transport(True, 1, tick=600, time_s=50.0, lead_s=0.07)

    assert transport.leaves_s(600 + 120 * 3600) == 50.0 + 3600  # no drift after an hour
    assert transport.heard_s(600) == pytest.approx(50.07)


def test_the_generation_rises_with_every_jump_and_only_then():
    transport = Transport(False, 4, tick=0, time_s=0.0)

    played = transport.started(0, 1.0)
    paused = played.stopped(60, 2.0)
    moved = paused.sought(6, 3.0)

    assert [one.generation for one in (played, paused, moved, moved.led(0.2))] == [5, 6, 7, 7]


def test_another_lead_moves_what_is_heard_and_not_what_leaves():
    transport = Transport(True, 1, tick=0, time_s=0.0, lead_s=0.07)

    led = transport.led(0.2)

    assert led.leaves_s(60) == transport.leaves_s(60)
    assert led.heard_s(60) - transport.heard_s(60) == pytest.approx(0.13)


def test_a_short_stall_is_caught_up_and_a_long_one_let_go():
    transport = Transport(True, 1, tick=0, time_s=0.0)

    assert transport.caught_up(60, 0.5 + LATE_S / 2) is transport
    assert transport.caught_up(60, 2.0).leaves_s(60) == 2.0


@pytest.mark.parametrize(
    ("delays_s", "lead_s"),
    [([], 0.06), ([0.0], 0.06), ([0.02, 0.13], 0.19), ([9.0], 0.4), ([-1.0], 0.06)],
)
def test_the_lead_follows_the_slowest_member_between_its_bounds(delays_s, lead_s):
    assert lead_for(delays_s) == pytest.approx(lead_s)


@pytest.mark.parametrize(("tick", "start"), [(0, 0), (5, 0), (6, 6), (1201, 1200), (-4, 0)])
def test_a_seek_lands_on_the_start_of_a_slice(tick, start):
    assert on_the_grid(tick) == start


def test_slices_that_leave_late_ask_for_a_longer_lead():
    assert lead_for([0.01], late_s=0.02) == lead_for([0.01])
    assert lead_for([0.01], late_s=0.12) == pytest.approx(0.17)
