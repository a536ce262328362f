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
