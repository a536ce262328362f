import numpy as np
import pytest

SPACE = {"gravity": [0, 0, 0], "air_resistance": 0}


def grazed(play, friction, *, spin, dimensions=3):
    """Let a ball strike one like it off centre, at 45 degrees to the line between them."""
    half = 0.5**0.5
    bodies = {
        "a": {"position": [0, 0, 0], "radius": 0.5, "mass": 1},
        "b": {"position": [-half - 1, half, 0], "velocity": [1, 0, 0], "radius": 0.5, "mass": 1},
    }
    physics = {**SPACE, "elasticity": 1, "friction": friction, "spin": spin}
    said = {"dimensions": dimensions, "physics": physics, "boundary": "open", "bodies": bodies}
    played = play(said, 2)
    return played.world.frame()[:, 3:], played.world


def test_without_friction_the_speed_along_the_surfaces_stays(play):
    speed, _ = grazed(play, 0, spin=False)

    assert speed[:, :2] == pytest.approx(np.array([[0.5, -0.5], [0.5, 0.5]]), abs=1e-12)


def test_friction_of_a_graze_is_coulombs(play):
    """mu times the normal impulse, which is that of a head-on impact at cos 45 of the speed."""
    speed, _ = grazed(play, 0.2, spin=False)
    along = np.array([0.5**0.5, 0.5**0.5, 0])
    rubbed = 0.2 * 0.5**0.5

    assert speed[0] @ along == pytest.approx(rubbed, rel=1e-12)
    assert speed[1] @ along == pytest.approx(0.5**0.5 - rubbed, rel=1e-12)


@pytest.mark.parametrize(("dimensions", "inertia"), [(2, 2.0), (3, 2.5)])
def test_a_grip_stops_the_surfaces_and_keeps_momentum_and_spin(play, dimensions, inertia):
    """Gripping, the sliding u ends: each body takes u / 2(1 + K) of it, and turns K times as fast."""
    speed, world = grazed(play, 1, spin=True, dimensions=dimensions)
    along = np.array([0.5**0.5, 0.5**0.5, 0])
    taken = 0.5**0.5 / (2 * (1 + inertia))

    assert speed[0] @ along == pytest.approx(taken, rel=1e-12)
    assert speed.sum(axis=0) == pytest.approx([1, 0, 0], abs=1e-14)
    # The surfaces lost all of their sliding energy that is not in motion or spin.
    kinetic = world.measure("universe.kinetic")
    assert kinetic == pytest.approx(0.5 - 0.25 * 0.5 / (1 + inertia), rel=1e-12)
