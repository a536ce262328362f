import math

import numpy as np
import pytest
from scipy.special import ellipk

from app.core.physics import Watch

STILL = {"air_resistance": 0, "friction": 0, "elasticity": 1}


def hung(play, seconds, kind="rod", links=1, watches=(), **physics):
    """Let a chain of bodies hang sideways from a nail and go."""
    bodies = {"b0": {"fixed": True, "collide": False}}
    ties = {}
    for k in range(1, links + 1):
        bodies[f"b{k}"] = {"position": [1.0 * k, 0, 0], "mass": 1, "collide": False}
        ties[f"l{k}"] = {"kind": kind, "between": [f"b{k - 1}", f"b{k}"]}
    said = {"physics": {**STILL, **physics}, "boundary": "open", "bodies": bodies, "links": ties}
    return play(said, seconds, watches)


def test_a_rod_to_a_nail_is_a_pendulum(play):
    watch = Watch("crossing", of=("b1",), measure="body.x", at=(0.0,), direction="up")
    times = np.array(hung(play, 30, watches=(watch,)).times("crossing"))
    exact = 4 * math.sqrt(1 / 9.81) * ellipk(0.5)

    assert np.diff(times).mean() == pytest.approx(
        exact, rel=1e-4
    )  # 4.5e-5: second order, two steps a tick


@pytest.mark.parametrize("kind", ["rod", "string"])
def test_links_keep_their_length_and_the_energy(play, kind):
    played = hung(play, 5, kind, links=3, integrator="verlet")
    apart = np.linalg.norm(np.diff(played.frames[:, :, :3], axis=1), axis=2)

    assert apart.max() == pytest.approx(1, abs=1e-6)
    if kind == "rod":
        assert apart == pytest.approx(1.0, abs=1e-6)
        assert played.world.energy_error() < 1e-4  # it ends 2.4e-5 off


def test_a_slack_string_lets_its_body_fall_free(play):
    bodies = {"nail": {"fixed": True, "collide": False}, "b": {"position": [0, -0.5, 0],
              "mass": 1, "collide": False}}  # fmt: skip
    links = {"s": {"kind": "string", "between": ["nail", "b"], "length": 2}}
    played = play({"physics": STILL, "boundary": "open", "bodies": bodies, "links": links}, 2)
    height = played.frames[:, 0, 1]
    taut = math.sqrt(2 * 1.5 / 9.81)
    t = np.arange(int(taut * 120)) / 120

    assert height[: len(t)] == pytest.approx(-0.5 - 9.81 / 2 * t * t, abs=1e-9)
    assert height.min() == pytest.approx(-2, abs=1e-6)


@pytest.mark.parametrize(
    ("said", "off"),
    # Fourth order gives 6e-8 and 1.3e-10; the second order of plain steps gives 4.5e-5.
    [({"integrator": "yoshida4"}, 2e-7), ({"accuracy": "high"}, 1e-9)],
)
def test_a_finer_integrator_makes_a_finer_pendulum_of_a_rod(play, said, off):
    watch = Watch("crossing", of=("b1",), measure="body.x", at=(0.0,), direction="up")
    played = hung(play, 30, watches=(watch,), **said)
    exact = 4 * math.sqrt(1 / 9.81) * ellipk(0.5)

    assert np.diff(played.times("crossing")).mean() == pytest.approx(exact, rel=off)
    assert played.world.energy_error() < 4 * off


def test_rods_are_stepped_in_the_fourth_order_of_the_step(play):
    """A tick twice as long is sixteen times as wrong, where second order is four times."""

    def swept(steps_a_unit):
        clock = {"unit": "day", "rate": 120 / steps_a_unit}
        bodies = {"n": {"fixed": True, "collide": False},
                  "b": {"position": [1, 0, 0], "velocity": [0, 1, 0], "mass": 1, "collide": False}}  # fmt: skip
        fields = {"wind": {"kind": "directional", "strength": 1, "toward": [0, -1, 0]}}
        said = {"clock": clock, "physics": {**STILL, "gravity": [0, 0, 0], "integrator": "yoshida4"},
                "boundary": "open", "bodies": bodies, "fields": fields,
                "links": {"l": {"kind": "rod", "between": ["n", "b"]}}}  # fmt: skip
        return play(said, 6 * steps_a_unit / 120).world.frame()[0, :2]

    exact = swept(1920)
    coarse, fine = (np.abs(swept(steps) - exact).max() for steps in (120, 240))

    assert coarse / fine == pytest.approx(16, rel=0.15)


def test_bodies_in_one_place_can_be_tied(play):
    bodies = {"nail": {"fixed": True, "collide": False}, "b": {"mass": 1, "collide": False}}
    links = {"r": {"kind": "string", "between": ["nail", "b"]}}
    played = play({"physics": STILL, "boundary": "open", "bodies": bodies, "links": links}, 1)

    assert np.linalg.norm(played.frames[:, 0, :3], axis=1).max() < 2e-3


@pytest.mark.parametrize(
    ("way", "off"),
    # What is measured is 4e-5, 2e-8 and 1e-11: of second, fourth and quarter steps of fourth order.
    [({"integrator": "verlet"}, 2e-4), ({"integrator": "yoshida4"}, 2e-7), ({"accuracy": "high"}, 1e-9)],
)  # fmt: skip
def test_strings_that_stay_taut_keep_length_and_energy_to_the_order_of_the_step(play, way, off):
    """A ball whirled on a string through a wind that stores what it takes: 20 s, some ten turns."""
    bodies = {"n": {"fixed": True, "collide": False},
              "b": {"position": [1, 0, 0], "velocity": [0, 4, 0], "mass": 2, "collide": False}}  # fmt: skip
    said = {"physics": {**STILL, "gravity": [0, -1, 0], **way}, "boundary": "open", "bodies": bodies,
            "links": {"s": {"kind": "string", "between": ["n", "b"]}}}  # fmt: skip
    frames = play(said, 20).frames[:, 0]
    energy = 0.5 * (frames[:, 3:] ** 2).sum(axis=1) + frames[:, 1]

    assert np.linalg.norm(frames[:, :3], axis=1) == pytest.approx(1, abs=1e-9)
    assert np.abs(energy / 8 - 1).max() < off


@pytest.mark.parametrize("kind", ["spring", "rod", "string"])
@pytest.mark.parametrize(
    "way", [{"integrator": "verlet"}, {"integrator": "yoshida4"}, {"accuracy": "high"}]
)
def test_a_link_reaches_over_the_seam_of_a_periodic_world(play, kind, way):
    """Two that are linked round the edge move as two in the middle do, wherever the seam is."""

    def swung(shift):
        bodies = {
            name: {"position": [x + shift, 0.1 * x, 0], "velocity": [1.5, 1 if name == "a" else -1, 0],
                   "mass": 1, "collide": False}
            for name, x in (("a", -0.4), ("b", 0.4))
        }  # fmt: skip
        link = {"kind": kind, "between": ["a", "b"], "stiffness": 50}
        physics = {**STILL, "gravity": [0, 0, 0], **way}
        said = {
            "physics": physics,
            "boundary": {"periodic": [6, 6, 6]},
            "bodies": bodies,
            "links": {"l": link},
        }
        return play(said, 6).frames

    apart = swung(2.9)[:, :, :3] - swung(0)[:, :, :3] - [2.9, 0, 0]
    apart -= 6 * np.floor(apart / 6 + 0.5)

    assert np.abs(apart).max() < 1e-8  # of rounding, eight times round the world


def test_tied_closer_than_they_are_wide_they_do_not_touch(play):
    """A chain of beads that overlap hangs as its rods let it, in silence; others still strike it."""
    bodies = {"b0": {"fixed": True, "position": [0, 5, 0], "radius": 0.3}}
    links = {}
    for k in range(1, 5):
        bodies[f"b{k}"] = {"position": [0.4 * k, 5, 0], "radius": 0.3, "mass": 1}
        links[f"l{k}"] = {"kind": "rod", "between": [f"b{k - 1}", f"b{k}"]}
    bodies["stone"] = {"position": [1.2, 8, 0], "radius": 0.3, "mass": 1}
    played = play(
        {"physics": {**STILL, "air_resistance": 0.2}, "bodies": bodies, "links": links}, 3
    )
    chain = played.frames[:, :5, :3]
    struck = {frozenset(one.bodies) for one in played.events if one.kind == "collision"}

    assert struck
    assert all("stone" in pair or len(pair) == 1 for pair in struck)
    # A blow leaves a rod as long as its bodies fly to the end of the step: 5 m/s for a part of one.
    assert np.linalg.norm(np.diff(chain, axis=1), axis=2) == pytest.approx(0.4, abs=0.05)
