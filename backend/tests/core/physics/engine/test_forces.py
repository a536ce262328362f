import numpy as np
import pytest

NAN = float("nan")


def pair(play, seconds, *, steps=1000, integrator="verlet", eccentricity=0.5):
    """Let a test particle go about a fixed sun, period 1, starting at the far end."""
    gravitation = 4 * np.pi**2
    far = 1 + eccentricity
    speed = float(np.sqrt(gravitation * (2 / far - 1)))
    bodies = {
        "sun": {"fixed": True, "mass": 1},
        "p": {"position": [far, 0, 0], "velocity": [0, speed, 0], "mass": 1e-9},
    }
    physics = {"gravitation": gravitation, "softening": 0, "integrator": integrator}
    clock = {"unit": "day", "rate": 120 / steps}
    said = {"clock": clock, "world": "orbits", "physics": physics, "bodies": bodies}
    return play(said, seconds * steps / 120)


def drift(played):
    r, v = played.frames[:, 0, :3], played.frames[:, 0, 3:]
    energy = 0.5 * np.sum(v * v, axis=1) - 4 * np.pi**2 / np.linalg.norm(r, axis=1)
    return np.abs(energy / energy[0] - 1)


def test_verlet_keeps_the_energy_of_an_eccentric_orbit_for_a_thousand_turns(play):
    off = drift(pair(play, 1000))

    assert off.max() < 2e-4
    assert off[-100_000:].max() < 1.02 * off[:100_000].max()  # bounded, not growing


@pytest.mark.parametrize(("integrator", "order"), [("verlet", 2), ("yoshida4", 4)])
def test_the_energy_error_falls_with_the_order_of_the_step(play, integrator, order):
    coarse = drift(pair(play, 5, steps=1000, integrator=integrator)).max()
    fine = drift(pair(play, 5, steps=2000, integrator=integrator)).max()

    assert coarse / fine == pytest.approx(2**order, rel=0.15)


def test_the_figure_eight_comes_back(play):
    p, v = [0.97000436, -0.24308753, 0], [-0.93240737, -0.86473146, 0]
    half = [-v[0] / 2, -v[1] / 2, 0]
    bodies = {
        "a": {"position": p, "velocity": half, "mass": 1},
        "b": {"position": [-p[0], -p[1], 0], "velocity": half, "mass": 1},
        "c": {"position": [0, 0, 0], "velocity": v, "mass": 1},
    }
    physics = {"gravitation": 1, "softening": 0, "integrator": "yoshida4"}
    # A clock that ticks a whole number of times in the period of 6.32591398.
    rate = 6.32591398 / 6.25
    said = {"clock": {"unit": "day", "rate": rate}, "world": "orbits", "physics": physics}
    played = play({**said, "bodies": bodies}, 7)

    # Its eight digits return within 3.9e-8; Verlet within 1.1e-4 only.
    assert np.abs(played.frames[750, :, :3] - played.frames[0, :, :3]).max() < 1e-6
    assert np.abs(played.frames[250, [1, 2, 0], :3] - played.frames[0, :, :3]).max() < 1e-6


def test_gravitation_keeps_momentum(play):
    rng = np.random.default_rng(3)
    bodies = {
        f"b{k}": {
            "position": rng.uniform(-5, 5, 3).tolist(), "velocity": rng.normal(0, 1, 3).tolist(),
            "mass": float(rng.uniform(1, 3)),
        }
        for k in range(12)
    }  # fmt: skip
    physics = {"gravitation": 1, "softening": 0.3}
    played = play({"world": "orbits", "physics": physics, "bodies": bodies}, 5)
    mass = np.array([bodies[f"b{k}"]["mass"] for k in range(12)])
    order = np.argsort([f"b{k}" for k in range(12)])
    total = np.einsum("i,tik->tk", mass[order], played.frames[:, :, 3:])

    assert np.ptp(total, axis=0) == pytest.approx(0, abs=1e-12)
    assert played.world.energy_error() < 1e-5


def test_dissipation_keeps_the_whole_moving_and_lets_the_inner_motion_die(play):
    bodies = {
        "a": {"velocity": [3, 0, 0], "mass": 1, "collide": False},
        "b": {"velocity": [1, 0, 0], "mass": 1, "collide": False},
    }
    physics = {"gravity": [0, 0, 0], "energy_dissipation": 1}
    played = play({"physics": physics, "boundary": "open", "bodies": bodies}, 4)
    a, b = played.frames[:, 0, 3], played.frames[:, 1, 3]
    t = np.arange(480) / 120

    assert a + b == pytest.approx(4.0, abs=1e-12)
    assert a - b == pytest.approx(2 * np.exp(-0.5 * t), rel=1e-12)


def test_natural_gravitation_makes_the_year(play):
    bodies = {
        "sun": {"fixed": True, "mass": 1},
        "earth": {"position": [1, 0, 0], "velocity": [0, 2 * np.pi / 365.25, 0], "mass": 0},
    }
    said = {
        "clock": {"unit": "day", "rate": 60}, "units": {"length": "au", "mass": "sun"},
        "world": "orbits", "physics": {"gravitation": "natural"}, "bodies": bodies,
    }  # fmt: skip
    earth = play(said, 6.1).frames[:, 0]

    # Gauss's year, 365.2569 days, is a hair longer than the speed given.
    assert earth[730, :2] == pytest.approx([1, 0], abs=0.01)
    assert np.linalg.norm(earth[:, :3], axis=1) == pytest.approx(1, abs=1e-3)
