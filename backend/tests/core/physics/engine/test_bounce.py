import math

import numpy as np
import pytest

EARTH = {"gravity": [0, -9.81, 0], "air_resistance": 0, "friction": 0, "floor": 0}
SPACE = {"gravity": [0, 0, 0], "air_resistance": 0, "friction": 0, "elasticity": 1}


def dropped(play, elasticity, seconds=12.0):
    said = {"physics": {**EARTH, "elasticity": elasticity}, "boundary": "open"}
    ball = {"position": [0, 1.1, 0], "radius": 0.1}
    return play({**said, "bodies": {"ball": ball}}, seconds)


def test_a_bouncing_ball_follows_the_geometric_series(play):
    times = dropped(play, 0.8).times(wall="floor")
    fall = math.sqrt(2 / 9.81)
    exact = [fall]
    for bounce in range(1, len(times)):
        exact.append(exact[-1] + 2 * 0.8**bounce * fall)

    # 1e-9 s is asked for; a knot set back to the start of the step gives milliseconds.
    assert np.max(np.abs(np.array(times) - exact)) < 1e-12


def test_a_bouncing_ball_rests_instead_of_rattling(play):
    played = dropped(play, 0.8)
    times = played.times()

    assert np.min(np.diff(times)) >= 0.030  # the refractory time; without it 5 µs
    assert [one.kind for one in played.events[-1:]] == ["rest"]
    assert played.frames[-1, 0].tolist() == [0, 0.1, 0, 0, 0, 0]


def test_a_perfectly_elastic_ball_bounces_for_ever(play):
    played = dropped(play, 1.0, seconds=60)
    times = np.array(played.times())
    exact = math.sqrt(2 / 9.81) * (2 * np.arange(len(times)) + 1)

    assert len(times) == 66
    assert np.max(np.abs(times - exact)) < 1e-9
    assert played.world.energy_error() < 1e-13


def test_impulse_speed_and_energy_are_those_of_the_impact(play):
    first = dropped(play, 0.5, seconds=1).events[0]
    mass = 240 * 4 / 3 * math.pi * 0.1**3
    speed = math.sqrt(2 * 9.81)

    assert first.approach_speed == pytest.approx(speed, rel=1e-14)
    assert first.impulse == pytest.approx(1.5 * mass * speed, rel=1e-14)
    assert first.energy == pytest.approx(0.5 * mass * speed**2, rel=1e-14)
    assert first.place == pytest.approx((0, 0, 0), abs=1e-14)


def test_two_unequal_bodies_exchange_momentum_exactly(play):
    bodies = {
        "a": {"position": [-1, 0, 0], "velocity": [1, 0, 0], "mass": 1, "radius": 0.1},
        "b": {"position": [1, 0, 0], "velocity": [-1, 0, 0], "mass": 3, "radius": 0.1},
    }
    played = play({"physics": SPACE, "boundary": "open", "bodies": bodies}, 1.5)

    assert played.times() == pytest.approx([0.9], abs=1e-15)  # a gap of 1.8 at a speed of 2
    assert played.frames[-1, :, 3] == pytest.approx([-2, 0], abs=1e-15)
    assert played.events[0].impulse == pytest.approx(3, rel=1e-15)  # 2 · reduced mass · 2


def test_the_struck_one_is_the_subject_and_knows_its_side(play):
    bodies = {
        "a": {"position": [0, 0, 0], "radius": 0.1, "mass": 1},
        "b": {"position": [1, 0, 0], "velocity": [-1, 0, 0], "radius": 0.1, "mass": 1},
    }
    hit = play({"physics": SPACE, "boundary": "open", "bodies": bodies}, 1).events[0]

    assert (hit.bodies, hit.side) == (("a", "b"), 1)


@pytest.mark.parametrize(
    ("velocity", "wall"),
    [
        ([-3, 0, 0], "left"), ([3, 0, 0], "right"), ([0, -3, 0], "floor"),
        ([0, 3, 0], "ceiling"), ([0, 0, -3], "back"), ([0, 0, 3], "front"),
    ],
)  # fmt: skip
def test_each_wall_has_its_name(play, velocity, wall):
    body = {"position": [0, 0, 0], "velocity": velocity, "radius": 0.5, "mass": 1}
    said = {"physics": SPACE, "boundary": {"box": [4, 4, 4]}, "bodies": {"a": body}}
    hit = play(said, 0.6).events[0]

    assert hit.wall == wall
    assert hit.universe_time == pytest.approx(0.5, abs=1e-15)


def test_friction_stops_a_slide_where_coulomb_says(play):
    physics = {**EARTH, "friction": 0.3, "elasticity": 0}
    ball = {"position": [0, 0.1, 0], "velocity": [2, 0, 0], "radius": 0.1}
    played = play({"physics": physics, "boundary": "open", "bodies": {"a": ball}}, 2)

    assert played.frames[-1, 0, 0] == pytest.approx(4 / (2 * 0.3 * 9.81), abs=1e-13)
    assert played.times("rest") == pytest.approx([2 / (0.3 * 9.81)], abs=1e-13)


def test_friction_in_a_bounce_takes_mu_times_the_normal_impulse(play):
    physics = {**EARTH, "friction": 0.2, "elasticity": 0.5}
    ball = {"position": [0, 1.1, 0], "velocity": [3, 0, 0], "radius": 0.1}
    played = play({"physics": physics, "boundary": "open", "bodies": {"a": ball}}, 0.6)
    lost = 0.2 * 1.5 * math.sqrt(2 * 9.81)

    assert played.frames[-1, 0, 3] == pytest.approx(3 - lost, abs=1e-13)


def test_a_cradle_hands_all_its_speed_to_the_last_ball(play):
    series = {"n": 5, "rod": {"length": 1}, "x": {"from": -0.4, "step": 0.2}, "radius": 0.1,
              "angle": [-40, 0, 0, 0, 0]}  # fmt: skip
    said = {"dimensions": 2, "boundary": "open", "series": {"n": series}}
    played = play({**said, "physics": {**EARTH, "elasticity": 1, "floor": -9}}, 1.0)
    speed = np.linalg.norm(played.frames[:, :, 3:], axis=2)
    impact = played.times()

    assert [hit.side for hit in played.events] == [0, 0, 0, 0]
    assert np.ptp(impact) < 1e-12
    assert played.events[-1].approach_speed == pytest.approx(
        played.events[0].approach_speed, abs=1e-9
    )
    after = round(impact[0] * 120) + 1
    assert speed[after:, :4].max() < 1e-9
    assert (
        np.abs(played.frames[after:, :4, :2] - [[x, -1] for x in (-0.4, -0.2, 0, 0.2)]).max() < 1e-9
    )
    # Its speed at the bottom, by what it has of motion and height a tick later.
    left = np.sqrt(speed[after, 4] ** 2 + 2 * 9.81 * (played.frames[after, 4, 1] + 1))
    assert left == pytest.approx(played.events[0].approach_speed, abs=1e-9)
