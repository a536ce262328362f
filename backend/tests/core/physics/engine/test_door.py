"""The kernel sees the very arrays behind the door, and counts time as the clock does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.document import judge
from app.core.numbers.kernel import kernel
from app.core.physics import World
from app.core.physics.engine import door as at
from app.core.physics.engine import layout
from app.core.story import Clock

BALL = judge({"title": "door", "bodies": {"a": {"velocity": [1, 0, 0]}}})
PACE = st.tuples(st.integers(2, 500), st.floats(0.1, 5))


@kernel
def sums(table, found):
    """Add one to a number of each array and sum up what it holds."""
    for k in range(19):
        found[k] = 0.0
    found[at.BODY] = at.rows_of(table, at.BODY).sum()
    found[at.BONDS] = at.stack_of(table, at.BONDS).sum()
    found[at.PAR] = at.row_of(table, at.PAR).sum()
    found[at.CTL] = at.whole_row_of(table, at.CTL).sum()
    found[at.MARKS] = at.whole_rows_of(table, at.MARKS).sum()
    at.stack_of(table, at.BONDS)[1, 2, 3] = 7.5


def arrays():
    rng = np.random.default_rng(3)
    made = [rng.integers(0, 99, (4, 3 + k)).astype(np.float64) for k in range(19)]
    made[at.BONDS] = rng.integers(0, 99, (2, 3, 5)).astype(np.float64)
    made[at.PAR] = made[at.PAR][0].copy()
    made[at.CTL] = made[at.CTL][0].astype(np.int64)
    made[at.MARKS] = made[at.MARKS].astype(np.int64)
    return made


def test_a_kernel_reads_and_writes_the_arrays_themselves():
    behind, found = arrays(), np.empty(19)
    wanted = {k: behind[k].sum() for k in (at.BODY, at.BONDS, at.PAR, at.CTL, at.MARKS)}
    sums(at.door(*behind).table, found)

    assert {k: found[k] for k in wanted} == wanted
    assert behind[at.BONDS][1, 2, 3] == 7.5


@pytest.mark.parametrize("bad", [np.zeros((4, 4)).T[1:], np.zeros(3, np.int32)])
def test_an_array_that_a_kernel_would_misread_is_turned_away(bad):
    behind = arrays()
    behind[at.FORCE] = bad
    with pytest.raises(ValueError, match="row after row"):
        at.door(*behind)


@given(paces=st.lists(PACE, min_size=1, max_size=4), early=st.integers(0, 2))
@settings(max_examples=40, deadline=None)
def test_the_kernel_counts_time_to_the_bit_as_the_clock_does(paces, early):
    clock, tick = Clock.of(BALL), 0
    for ticks, scale in paces:
        tick += ticks
        clock = clock.changed(tick, {"physics.time_scale": scale})
    world = World.of(BALL, (), seed=1)
    world.tick = tick - early
    for ticks in (1, 2, 7):
        world.advance(ticks, clock)
        assert world._par[layout.NOW] == clock.instant(world.tick).universe_time
