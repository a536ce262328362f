"""Where a link breaks and how everything goes on from there, against closed forms."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

STILL = {"air_resistance": 0, "friction": 0, "elasticity": 1}
NAIL = {"fixed": True, "collide": False}
WAYS = ({"integrator": "verlet"}, {"integrator": "yoshida4"}, {"accuracy": "high"})
SPRING = {"kind": "spring", "stiffness": 4, "length": 1, "breaks": 4}


def world(ball, link, physics, **more):
    """Give a ball on a link to a nail in the origin."""
    bodies = {"nail": NAIL, "b": {"mass": 1, "collide": False, **ball}}
    links = {"l": {"between": ["nail", "b"], **link}}
    return {"physics": {**STILL, **physics}, "boundary": "open", "bodies": bodies, "links": links,
            **more}  # fmt: skip


@pytest.mark.parametrize(("way", "off"), [*zip(WAYS, (3e-5, 1e-8, 1e-11), strict=True)])
def test_a_spring_breaks_at_its_instant_and_keeps_no_more_energy_than_was_left(play, way, off):
    """x = 1 + 1.5 sin 2t reaches a stretch of 1, where half of 9 - 4 is left to fly on with.

    To go on without it only from the end of the substep on is 1e-2 off in speed.
    """
    ball = {"position": [1, 0, 0], "velocity": [3, 0, 0]}
    played = play(world(ball, SPRING, {"gravity": [0, 0, 0], **way}), 1)
    exact, speed = math.asin(1 / 1.5) / 2, math.sqrt(5)
    ticks = np.arange(60, 120)

    assert played.times("break") == pytest.approx([exact], abs=off)
    assert played.frames[ticks, 0, 3] == pytest.approx(speed, abs=4 * off)
    assert played.frames[ticks, 0, 0] == pytest.approx(
        2 + speed * (ticks / 120 - exact), abs=4 * off
    )


@pytest.mark.parametrize("kind", ["rod", "string"])
@pytest.mark.parametrize(("way", "off"), [*zip(WAYS, (1e-4, 1e-6, 1e-8), strict=True)])
def test_a_pendulum_flies_off_along_the_tangent_from_the_instant_it_breaks(play, kind, way, off):
    """Let go level it pulls 3 m g sin a at a below it, and passes sin a = 2/3 by a quadrature."""
    g, a = 9.81, math.asin(2 / 3)
    # a'² = 2 g sin a; with sin a = s² the root at the start is gone.
    exact = quad(lambda s: 2 / math.sqrt(2 * g * (1 - s**4)), 0, math.sqrt(2 / 3))[0]
    said = world({"position": [1, 0, 0]}, {"kind": kind, "breaks": 2 * g}, way)
    played = play(said, 1)
    ticks = np.arange(80, 120)
    t, speed = ticks / 120 - exact, math.sqrt(2 * g * 2 / 3)
    x = math.cos(a) - speed * math.sin(a) * t
    y = -math.sin(a) - speed * math.cos(a) * t - g / 2 * t * t

    assert played.times("break") == pytest.approx([exact], abs=off)
    assert played.frames[ticks, 0, 0] == pytest.approx(x, abs=8 * off)
    assert played.frames[ticks, 0, 1] == pytest.approx(y, abs=8 * off)


def test_a_mass_whirled_ever_faster_leaves_its_circle_along_the_tangent(play):
    """A whirl of 1 along the path: v = 1 + t, which a string of 1 bears to 2.25 = 1.5²: at 1/2.

    Beyond 1.0001 the whirl has no hold: from there it flies straight, at 1.5.
    """
    whirl = {"kind": "vortex", "strength": 1, "radius": 1.0001}
    said = world(
        {"position": [1, 0, 0], "velocity": [0, 1, 0]},
        {"kind": "string", "breaks": 2.25},
        {"gravity": [0, 0, 0], "integrator": "yoshida4"},
        fields={"w": whirl},
    )
    played = play(said, 1)
    turn = 0.5 + 0.5 * 0.5**2
    ticks = np.arange(72, 120)
    t = ticks / 120 - 0.5
    x = math.cos(turn) - 1.5 * t * math.sin(turn)
    y = math.sin(turn) + 1.5 * t * math.cos(turn)

    assert played.times("break") == pytest.approx([0.5], abs=1e-6)
    # The whirl's last hold, over 0.014 of path, adds 0.01 to the speed.
    assert played.frames[ticks, 0, 0] == pytest.approx(x, abs=0.01)
    assert played.frames[ticks, 0, 1] == pytest.approx(y, abs=0.01)


def test_links_that_break_in_one_substep_each_break_at_their_own_instant(play):
    """Two springs that bear 4 and 4.02: x = 1 + 1.5 sin 2√2 t, then 1.5 sin 2t from there."""
    more = {"kind": "spring", "stiffness": 4, "length": 1, "between": ["nail", "b"]}
    said = world(
        {"position": [1, 0, 0], "velocity": [3, 0, 0]}, SPRING,
        {"gravity": [0, 0, 0], "accuracy": "high"},
    )  # fmt: skip
    said["links"] |= {"m": {**more, "breaks": 4.02}}
    root = 2 * math.sqrt(2)
    first = math.asin(root / 3) / root
    # From a stretch of 1 at the speed left, to one of 1.005 with one spring.
    speed = math.sqrt(9 - 8)
    far = math.hypot(1, speed / 2)
    second = first + (math.asin(1.005 / far) - math.asin(1 / far)) / 2
    played = play(said, 1)

    assert second - first < 1 / 120
    assert played.times("break") == pytest.approx([first, second], abs=1e-11)
    assert [one.value for one in played.events] == pytest.approx([4, 4.02], rel=1e-11)
    assert played.frames[-1, 0, 3] == pytest.approx(math.sqrt(1 - 4 * (1.005**2 - 1)), rel=1e-11)


# A step of fourth order is flown anew on arcs for a blow: no stretch beside a rod is shorter than a
# ten-thousandth of a step.
@pytest.mark.parametrize(("way", "off"), [*zip(WAYS[:2], (1e-12, 1e-6), strict=True)])
def test_a_blow_breaks_a_rod_at_the_instant_of_the_blow(play, way, off):
    """Struck at 4 m/s it would need 16 N to stay on its circle: it flies on straight instead."""
    said = world(
        {"position": [0, -1, 0], "collide": True, "radius": 0.1},
        {"kind": "rod", "breaks": 10},
        {"gravity": [0, 0, 0], **way},
    )
    said["bodies"]["c"] = {
        "position": [-1.21, -1, 0],
        "velocity": [4, 0, 0],
        "radius": 0.1,
        "mass": 1,
    }
    played = play(said, 1)

    assert played.times("collision") == pytest.approx([0.2525], abs=1e-12)
    assert played.times("break") == pytest.approx([0.2525], abs=off)
    assert played.frames[-1, 0, 3:] == pytest.approx([4, 0, 0], abs=1e-4)


def test_a_broken_link_stays_broken_through_a_snapshot(play):
    said = world({"position": [1, 0, 0]}, {"kind": "rod", "breaks": 5}, {})
    played = play(said, 1)

    assert len(played.times("break")) == 1
    kept = played.world.snapshot()
    straight = played.go_on(30).frames
    played.world.restore(kept)
    assert played.go_on(30).frames.tobytes() == straight.tobytes()


def test_what_breaks_may_cost_is_bounded_and_told(play):
    """Two hundred springs break in one substep: the first at their instants, the rest at its end."""
    bodies, links = {}, {}
    for k in range(200):
        bodies[f"n{k:03}"] = {**NAIL, "position": [0, 3 * k, 0]}
        bodies[f"s{k:03}"] = {"position": [1, 3 * k, 0], "velocity": [3 + k / 1e5, 0, 0], "mass": 1}
        links[f"l{k:03}"] = {**SPRING, "between": [f"n{k:03}", f"s{k:03}"]}
    physics = {**STILL, "gravity": [0, 0, 0]}
    played = play({"physics": physics, "boundary": "open", "bodies": bodies, "links": links}, 0.5)
    off = np.array(sorted(played.times("break"), reverse=True))
    off -= np.array([math.asin(2 / (3 + k / 1e5)) / 2 for k in range(200)])

    assert off.max() < 1 / 120
    assert (np.abs(off) < 3e-5).any()
    assert played.times("overload")


def test_what_bore_with_a_broken_link_breaks_at_the_same_instant(play):
    """Two rods share 10 N of weight and 1.01 N of a wind: one bears 5.5 N, the other 8 N alone."""
    wind = {"w": {"kind": "vortex", "strength": 1, "radius": 3}}
    said = world({"position": [0, -1, 0]}, {"kind": "rod", "breaks": 5.5}, {"gravity": [0, -10, 0]})
    said["fields"] = wind
    said["links"]["m"] = {"kind": "rod", "between": ["nail", "b"], "breaks": 8}
    times = play(said, 2).times("break")

    assert len(times) == 2
    assert times[0] == times[1]


def test_a_second_link_breaks_at_its_own_instant_however_soon_after_the_first(play):
    """Let go at rest length with 1 they pull 10 sin 10 t; they bear what that is 0.3 µs apart."""
    bodies, links, gone = {}, {}, [0.03037, 0.03037 + 3e-7]
    for k, t in enumerate(gone):
        bodies[f"n{k}"] = {**NAIL, "position": [0, 5 * k, 0]}
        bodies[f"b{k}"] = {
            "position": [1, 5 * k, 0],
            "velocity": [1, 0, 0],
            "mass": 1,
            "collide": False,
        }
        link = {"kind": "spring", "between": [f"n{k}", f"b{k}"], "stiffness": 100}
        links[f"l{k}"] = {**link, "breaks": 10 * math.sin(10 * t)}
    physics = {**STILL, "gravity": [0, 0, 0], "accuracy": "high"}
    said = {"physics": physics, "boundary": "open", "bodies": bodies, "links": links}

    assert play(said, 0.5).times("break") == pytest.approx(gone, abs=1e-12)
