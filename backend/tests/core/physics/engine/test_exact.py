import numpy as np
import pytest
import rebound

HIGH = {"gravitation": 1, "softening": 0, "accuracy": "high"}


def test_a_comet_of_eccentricity_099_keeps_its_energy_past_the_sun(play):
    bodies = {
        "sun": {"fixed": True, "mass": 1},
        "comet": {"position": [1.99, 0, 0], "velocity": [0, 0.0708881, 0], "mass": 0},
    }
    said = {"clock": {"unit": "day", "rate": 2}, "world": "orbits", "physics": HIGH}
    frames = play({**said, "bodies": bodies}, 60).frames[:, 0]
    energy = 0.5 * np.sum(frames[:, 3:] ** 2, axis=1) - 1 / np.linalg.norm(frames[:, :3], axis=1)

    assert np.abs(energy / energy[0] - 1).max() < 1e-9  # twenty passes at 0.01


def test_three_bodies_with_close_passes_agree_with_ias15(play):
    """The Pythagorean problem: masses 3, 4, 5 let go at rest; several passes as close as 0.01."""
    said = {"a": (3, [1, 3, 0]), "b": (4, [-2, -1, 0]), "c": (5, [1, -1, 0])}
    peer = rebound.Simulation()
    peer.integrator = "ias15"
    for mass, (x, y, z) in said.values():
        peer.add(m=mass, x=x, y=y, z=z)
    bodies = {name: {"mass": mass, "position": place} for name, (mass, place) in said.items()}
    played = play({"world": "orbits", "physics": HIGH, "bodies": bodies}, 10 + 1 / 120)
    peer.integrate(10.0)
    exact = np.array([[p.x, p.y, p.z] for p in peer.particles])

    assert played.frames[1200, :, :3] == pytest.approx(exact, abs=1e-6)
    assert played.world.energy_error() < 1e-9


def test_the_figure_eight_returns_to_its_digits(play):
    p, v = [0.97000436, -0.24308753, 0], [-0.93240737, -0.86473146, 0]
    half = [-v[0] / 2, -v[1] / 2, 0]
    bodies = {
        "a": {"position": p, "velocity": half, "mass": 1},
        "b": {"position": [-p[0], -p[1], 0], "velocity": half, "mass": 1},
        "c": {"position": [0, 0, 0], "velocity": v, "mass": 1},
    }
    said = {"clock": {"unit": "day", "rate": 6.32591398 / 6.25}, "world": "orbits"}
    played = play({**said, "physics": HIGH, "bodies": bodies}, 6.3)
    off = np.abs(played.frames[750, :, :3] - played.frames[0, :, :3]).max()

    assert off < 4e-8  # what its eight digits return within; yoshida4 makes 1e-7 of it
