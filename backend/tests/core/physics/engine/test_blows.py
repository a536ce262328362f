import math

import numpy as np
import pytest

ELASTIC = {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0}


@pytest.mark.parametrize("way", ["verlet", "yoshida4"])
@pytest.mark.parametrize("degrees", [0, 30, 45, 90])
def test_an_elastic_ball_feels_through_the_rod_how_heavy_an_end_is(play, degrees, way):
    """Along the rod both masses are struck, across it one: 1/mass is cos²/2 + sin² of one's."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    bodies = {
        "ball": {"position": [-1, 0, 0], "velocity": [3, 0, 0]},
        "end": {"position": [0, 0, 0]}, "far": {"position": [2 * c, 2 * s, 0]},
    }  # fmt: skip
    bodies = {name: {**one, "mass": 1, "radius": 0.1} for name, one in bodies.items()}
    links = {"rod": {"kind": "rod", "between": ["end", "far"]}}
    physics = {**ELASTIC, "integrator": way}
    said = {"physics": physics, "boundary": "open", "bodies": bodies, "links": links}
    played = play(said, 1)
    light = c * c / 2 + s * s
    impulse = 2 * 3 / (1 + light)

    assert played.times() == pytest.approx([0.8 / 3], abs=1e-12)
    assert played.events[0].impulse == pytest.approx(impulse, rel=1e-12)
    assert played.world.measure("body.speed", "ball") == pytest.approx(abs(3 - impulse), abs=1e-12)
    # One step of second order from the blow to the end of its tick: 3e-5 at 3 m/s on 2 m.
    assert played.world.energy_error() < 2e-4
    span = np.linalg.norm(played.frames[:, 1, :3] - played.frames[:, 2, :3], axis=1)
    assert span == pytest.approx(2, abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_gas_of_dumbbells_keeps_its_energy_and_every_length(play, seed):
    """Thrown at the walls and each other for 10 s; struck one by one they lost 80 % of it."""
    rng = np.random.default_rng(seed)
    bodies, links = {}, {}
    for k in range(12):
        x, y = 2.2 * (k % 4) - 3.8, 2.5 * (k // 4) - 3
        turn, pace = rng.normal(0, 2), rng.normal(0, 2, 2)
        for end in range(2):
            speed = [float(pace[0]), float(pace[1] + end * turn), 0]
            bodies[f"b{k}-{end}"] = {"position": [x + end, y, 0], "velocity": speed, "radius": 0.2,
                                     "mass": float(rng.uniform(0.5, 2))}  # fmt: skip
        links[f"l{k}"] = {"kind": "rod", "between": [f"b{k}-0", f"b{k}-1"]}
    said = {"dimensions": 2, "boundary": {"box": [10, 10]}, "physics": ELASTIC}
    played = play({**said, "bodies": bodies, "links": links}, 10)
    ends = played.frames[:, 0::2, :3] - played.frames[:, 1::2, :3]

    assert len(played.times()) > 40
    assert played.world.energy_error() < 5e-3
    assert np.linalg.norm(ends, axis=2) == pytest.approx(1, abs=1e-12)


def test_bodies_that_join_tied_too_near_start_at_their_length_without_a_speed(play):
    bodies = {"a": {"mass": 1}, "b": {"mass": 3, "position": [0.5, 0, 0]}}
    links = {"rod": {"kind": "rod", "between": ["a", "b"], "length": 1}}
    said = {"physics": ELASTIC, "boundary": "open", "bodies": bodies, "links": links}
    frames = play(said, 1).frames

    assert frames[0, :, 0] == pytest.approx([-0.375, 0.625], abs=1e-12)
    assert np.abs(frames[:, :, 3:]).max() < 1e-12
