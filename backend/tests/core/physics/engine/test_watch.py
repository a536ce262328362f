import math

import numpy as np
import pytest

from app.core.physics import Watch

PLANETS = {  # period and a transit, days: Open Exoplanet Catalogue
    "b": (1.5108739, 2457606.56117), "c": (2.421818, 2457568.58230), "d": (4.04982, 2457682.2921),
    "e": (6.099570, 2457574.9829), "f": (9.20648, 2457616.1548), "g": (12.35281, 2457529.4724),
    "h": (18.76626, 2457700.0875),
}  # fmt: skip
EPOCH = 2457700
SAMPLE_D = 2 / 48_000  # of heard time, at two days a second


@pytest.fixture(scope="module")
def trappist(play):
    bodies = {
        name: {"orbit": {"about": "star", "period": period, "transit": transit}}
        for name, (period, transit) in PLANETS.items()
    }
    said = {
        "clock": {"unit": "day", "epoch": EPOCH, "rate": 1, "per": "beat"},
        "world": "orbits", "observer": [1, 0, 0], "bodies": {"star": {"fixed": True}, **bodies},
    }  # fmt: skip
    watches = (
        Watch("transit", about="star"),
        Watch("conjunction", about="star", pairs="neighbours"),
    )
    return play(said, 50, watches)


def test_trappist_makes_173_transits_in_a_hundred_days(trappist):
    names = [one.bodies[0] for one in trappist.events if one.kind == "transit"]
    counts = {name: names.count(name) for name in PLANETS}

    assert counts == {"b": 67, "c": 41, "d": 25, "e": 16, "f": 10, "g": 8, "h": 6}


def test_each_transit_is_within_a_sample_of_its_date(trappist):
    for one in trappist.events:
        if one.kind == "transit":
            period, date = PLANETS[one.bodies[0]]
            turns = (one.universe_time + (EPOCH - date)) / period
            assert abs(turns - round(turns)) * period < 1e-3 * SAMPLE_D


def test_each_of_62_neighbour_conjunctions_is_within_a_sample_of_its_date(trappist):
    found = [one for one in trappist.events if one.kind == "conjunction"]

    assert len(found) == 62
    assert found[0].index in range(6)
    for one in found:
        (pj, tj), (pk, tk) = PLANETS[one.bodies[0]], PLANETS[one.bodies[1]]
        turns = (one.universe_time - (tj - EPOCH)) / pj - (one.universe_time - (tk - EPOCH)) / pk
        assert abs(turns - round(turns)) / abs(1 / pj - 1 / pk) < 1e-3 * SAMPLE_D


def test_nothing_on_rails_is_missed_when_a_step_is_many_turns_long(play):
    bodies = {
        "star": {"fixed": True},
        "fast": {
            "orbit": {"about": "star", "period": 0.001, "eccentricity": 0.8, "mean_anomaly": 180}
        },
    }
    said = {"clock": {"unit": "day", "rate": 1}, "world": "orbits", "observer": [1, 0, 0],
            "bodies": bodies}  # fmt: skip
    watches = (Watch("transit", about="star"), Watch("apsis", about="star"))
    played = play(said, 0.1, watches)

    assert len(played.times("transit")) == 100  # at 0.00833 days a tick, eight turns in each
    assert len(played.times("apsis")) == 200  # it starts at one, to rounding


def test_apsides_alternate_half_a_period_apart_and_a_circle_has_none(play):
    bodies = {
        "sun": {"fixed": True},
        "mars": {"orbit": {"about": "sun", "period": 2, "eccentricity": 0.0934, "periapsis": 0.5}},
        "ring": {"orbit": {"about": "sun", "period": 3}},
    }
    said = {"clock": {"unit": "day"}, "world": "orbits", "bodies": bodies}
    played = play(said, 10, (Watch("apsis"),))
    found = played.events

    assert [one.universe_time for one in found] == pytest.approx(
        [0.5 + k for k in range(10)], abs=1e-12
    )
    assert [one.direction for one in found] == [1, -1] * 5  # outward after the periapsis


def test_a_crossing_tells_which_value_and_which_way(play):
    body = {"velocity": [1, 0, 0], "collide": False}
    watch = Watch("crossing", measure="body.x", at=(0.5, 1.25))
    said = {"physics": {"gravity": [0, 0, 0]}, "boundary": "open", "bodies": {"a": body}}
    found = play(said, 2, (watch,)).events

    assert [(one.universe_time, one.index, one.direction, one.value) for one in found] == [
        (pytest.approx(0.5, abs=1e-14), 0, 1, 0.5), (pytest.approx(1.25, abs=1e-14), 1, 1, 1.25)
    ]  # fmt: skip


def test_crossings_of_a_bounce_are_found_on_both_sides_of_the_impact(play):
    # Down through the level and up again within one tick, the bounce between.
    ball = {"position": [0, 1.1, 0], "radius": 0.1}
    physics = {"elasticity": 1, "friction": 0, "floor": 0}
    watch = Watch("crossing", measure="body.y", at=(0.13,))
    said = {"physics": physics, "boundary": "open", "bodies": {"a": ball}}
    played = play(said, 0.6, (watch,))
    exact = math.sqrt(2 * 0.97 / 9.81)
    fall = math.sqrt(2 / 9.81)

    assert played.times("crossing") == pytest.approx([exact, 2 * fall - exact], abs=1e-12)


def test_a_ball_dropped_through_strings_sounds_each_at_its_time(play):
    heights = tuple(np.linspace(-3, -0.5, 6))
    watch = Watch("crossing", measure="body.height", at=heights, direction="down")
    said = {"boundary": "open", "bodies": {"a": {"collide": False}}}
    found = play({**said, "physics": {"air_resistance": 0}}, 1, (watch,)).events

    exact = sorted(math.sqrt(-2 * h / 9.81) for h in heights)
    assert [one.universe_time for one in found] == pytest.approx(exact, abs=1e-13)


def test_escape_and_capture_are_where_the_energy_passes_zero(play):
    """A bound body pushed outward by a field escapes; the two-body energy tells when."""
    bodies = {
        "sun": {"fixed": True, "mass": 1},
        "p": {"position": [1, 0, 0], "velocity": [0, 1.3, 0], "mass": 0},
    }
    fields = {"wind": {"kind": "directional", "strength": 0.1, "toward": [1, 0.5, 0]}}
    physics = {"gravitation": 1, "softening": 0, "integrator": "yoshida4"}
    said = {"world": "orbits", "physics": physics, "bodies": bodies, "fields": fields}
    played = play(said, 30, (Watch("escape"), Watch("capture")))
    r, v = played.frames[:, 0, :3], played.frames[:, 0, 3:]
    energy = 0.5 * np.sum(v * v, axis=1) - 1 / np.linalg.norm(r, axis=1)
    ups = np.flatnonzero((energy[:-1] < 0) & (energy[1:] >= 0)) / 120
    downs = np.flatnonzero((energy[:-1] >= 0) & (energy[1:] < 0)) / 120

    assert len(ups) > 0
    assert played.times("escape") == pytest.approx(ups, abs=1 / 120)
    assert played.times("capture") == pytest.approx(downs, abs=1 / 120)


def test_what_falls_on_the_very_first_instant_is_told_once(play):
    """A transit, an apsis, a conjunction and a crossing at tick 0, each of them once."""
    bodies = {
        "star": {"fixed": True},
        "b": {"orbit": {"about": "star", "period": 2, "eccentricity": 0.2, "transit": 0}},
        "c": {"orbit": {"about": "star", "period": 3, "transit": 0}},
        "d": {"orbit": {"about": "star", "period": 5, "eccentricity": 0.3, "periapsis": 0}},
    }
    said = {"clock": {"unit": "day", "rate": 1}, "world": "orbits", "observer": [1, 0, 0],
            "bodies": bodies}  # fmt: skip
    watches = (
        Watch("transit", about="star"),
        Watch("conjunction", about="star", of=("b", "c")),
        Watch("apsis", of=("d",)),
        Watch("crossing", measure="body.phase", of=("d",), at=(0.0,), direction="up"),
    )
    found = play(said, 0.5, watches).events

    # d is in front of its star too: its periapsis is on the line to the observer.
    assert sorted((one.kind, one.bodies[0]) for one in found) == [
        ("apsis", "d"), ("conjunction", "b"), ("crossing", "d"),
        ("transit", "b"), ("transit", "c"), ("transit", "d"),
    ]  # fmt: skip
    assert all(one.tick == 0 and 0 <= one.offset < 1e-7 for one in found)


def test_an_edit_tells_nothing_twice_and_misses_nothing(play):
    """Whatever the tick an edit falls on, the crossings are those of the run without it."""
    from app.core.document import judge

    said = {"title": "law", "clock": {"unit": "day", "rate": 120}, "world": "orbits",
            "bodies": {"a": {"velocity": [1, 0, 0]}}}  # fmt: skip
    watch = (Watch("crossing", measure="body.x", at=(2.0, 3.0, 4.5)),)
    for tick in range(6):
        played = play(said, 0, watch)
        events = list(played.go_on(tick).events)
        played.world.edit(judge({**said, "about": "new"}), watch, played.clock)
        events += played.go_on(10).events

        assert [one.universe_time for one in events] == [2.0, 3.0, 4.5]


@pytest.mark.parametrize(
    ("measure", "level", "exact"),
    [
        # Two bodies of 1 and 3 fall from 0 and 10 by 2 length/time²; t of the passing.
        ("universe.kinetic", 32.0, 2.0),
        ("universe.potential", 28.0, 2.0),
        ("universe.momentum", 16.0, 2.0),
        ("universe.centre", 3.5, 2.0),
        ("universe.temperature", 32.0 * 2 / (2 * 3 * 0.01), 2.0),
    ],
)
def test_a_measure_of_the_whole_is_passed_at_its_instant(play, measure, level, exact):
    bodies = {
        "a": {"mass": 1, "collide": False},
        "b": {"mass": 3, "position": [0, 10, 0], "collide": False},
    }
    said = {"physics": {"gravity": [0, -2, 0]}, "boundary": "open", "bodies": bodies}
    watch = Watch("crossing", measure=measure, at=(level,))
    found = play(said, 3, (watch,)).events

    assert [(one.universe_time, one.bodies) for one in found] == [
        (pytest.approx(exact, abs=1e-9), ())
    ]


def test_the_spread_and_the_closest_pair_are_passed_at_their_instants(play):
    bodies = {
        "a": {"mass": 1, "velocity": [1, 0, 0], "collide": False},
        "b": {"mass": 1, "position": [10, 0, 0], "velocity": [-1, 0, 0], "collide": False},
    }
    said = {"physics": {"gravity": [0, 0, 0]}, "boundary": "open", "bodies": bodies}
    watches = (
        Watch("crossing", measure="universe.closest", at=(3.21,)),
        Watch("crossing", measure="universe.spread", at=(2.22,), direction="down"),
    )
    times = play(said, 9, watches).times("crossing")

    # They are 10 - 2 t apart, and half of that from their centre.
    assert times == pytest.approx([2.78, 3.395, 6.605], abs=1e-12)


def test_the_count_falls_at_the_instant_a_wall_takes_a_body(play):
    bodies = {
        name: {"position": [0, y, 0], "velocity": [v, 0, 0], "mass": 1, "radius": 0.1}
        for name, y, v in (("a", 0, 1.0), ("b", 1, 2.0))
    }
    said = {"physics": {"gravity": [0, 0, 0]}, "boundary": {"box": [2.2, 9, 9], "walls": "absorb"},
            "bodies": bodies}  # fmt: skip
    watch = Watch("crossing", measure="universe.count", at=(0.5, 1.5))
    found = play(said, 2, (watch,)).events
    crossings = [(one.index, one.universe_time) for one in found if one.kind == "crossing"]

    assert crossings == [(1, pytest.approx(0.5, abs=1e-12)), (0, pytest.approx(1, abs=1e-12))]


def test_a_body_that_goes_round_the_world_passes_each_place_once_a_turn(play):
    """Places within a step of the edge too: seen from both sides of it, told once."""
    body = {"velocity": [3, 0, 0], "mass": 1, "collide": False}
    levels = (-1.999, -0.5, 1.5, 1.999, 2.0, 7.0)
    watch = Watch("crossing", measure="body.x", at=levels)
    said = {"physics": {"gravity": [0, 0, 0]}, "boundary": {"periodic": [4, 4, 4]},
            "bodies": {"a": body}}  # fmt: skip
    found = play(said, 4, (watch,)).events
    exact = {x: [((x % 4) + 4 * k) / 3 for k in range(3)] for x in levels if abs(x) <= 2}

    for index, level in enumerate(levels):
        times = [one.universe_time for one in found if one.index == index]
        assert times == pytest.approx(exact.get(level, []), abs=1e-12)


def test_acceleration_is_passed_at_its_instant(play):
    """On an orbit it is what falls with the square of the distance: at r = 1, 1.5 and 1 again."""
    bodies = {
        "sun": {"fixed": True, "mass": 1},
        "p": {"position": [2, 0, 0], "velocity": [0, 0.5, 0], "mass": 0},
    }
    physics = {"gravitation": 1, "softening": 0, "accuracy": "high"}
    said = {"world": "orbits", "physics": physics, "bodies": bodies}
    watches = (
        Watch("crossing", of=("p",), measure="body.acceleration", at=(1.0, 1 / 1.5**2)),
        Watch("crossing", of=("p",), about="sun", measure="body.distance", at=(1.0, 1.5)),
    )
    found = play(said, 8, watches).events
    pulls = [one.universe_time for one in found if one.watch == 0]
    places = [one.universe_time for one in found if one.watch == 1]

    assert len(pulls) == len(places) >= 4
    # The force is drawn straight from end to end of a step: h² r'' / 8.
    assert pulls == pytest.approx(places, abs=2e-5)
