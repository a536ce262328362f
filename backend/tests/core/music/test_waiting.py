import dataclasses

import pytest

from app.core.document import parse
from app.core.document.spans import Span
from app.core.mapping.want import Want
from app.core.music.rhythm import Grid
from app.core.music.waiting import Waiting
from app.core.story import Clock

CLOCK = Clock.of(parse("{}"))  # 120 a minute: a beat is 60 ticks
WANT = Want(0, 0.0, 0.0, "r", "collision", ("a",), (0.0, 0.0, 0.0), "bell", hz=200.0)


def waited(waiting, wants, grid, clock=CLOCK, ticks=200):
    found = []
    for tick in range(ticks):
        fresh = [want for want in wants if want.tick == tick]
        found += [
            (one.tick + one.offset, one.want.rule) for one in waiting.due(fresh, grid, clock, tick)
        ]
    return found


def test_without_a_grid_nothing_waits():
    want = dataclasses.replace(WANT, tick=5, offset=0.75)
    assert waited(Waiting(), [want], Grid()) == [(5.75, "r")]


def test_each_waits_for_its_own_line():
    wants = [dataclasses.replace(WANT, tick=tick, rule=f"r{tick}") for tick in (0, 1, 31)]
    assert waited(Waiting(), wants, Grid(0.5)) == [(0.0, "r0"), (30.0, "r1"), (60.0, "r31")]


def test_a_line_is_met_exactly_though_the_tempo_changes_on_the_way():
    faster = CLOCK.changed(10, {"music.tempo": 180.0})  # a beat is 40 ticks
    waiting = Waiting()
    found = []
    for tick in range(80):
        clock = CLOCK if tick < 10 else faster
        fresh = [dataclasses.replace(WANT, tick=3)] if tick == 3 else []
        found += [one.tick + one.offset for one in waiting.due(fresh, Grid(1.0), clock, tick)]
    assert found == [pytest.approx(10 + 50 * 40 / 60)]


def test_ties_go_by_time_then_rule_then_body():
    said = [("s", "b"), ("s", "a"), ("r", "c")]
    wants = [dataclasses.replace(WANT, rule=rule, bodies=(body,)) for rule, body in said]
    found = Waiting().due(wants, Grid(), CLOCK, 0)
    assert [(one.want.rule, one.want.bodies[0]) for one in found] == [
        ("r", "c"),
        ("s", "a"),
        ("s", "b"),
    ]


def test_a_delay_counts_in_beats_too():
    want = dataclasses.replace(WANT, offset=0.5, delay=Span(0.25, "beat"))
    assert waited(Waiting(), [want], Grid()) == [(pytest.approx(15.5), "r")]
