import numpy as np
import pytest

STILL = {"gravity": [0, 0, 0], "temperature": 300}
PAIR = [(0, 0), (1, 0)], [(0, 1)]
BENT = [(0, 0), (1, 0), (1, 1)], [(0, 1), (1, 2)]
BRACED = [(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (1, 3)]


def shapes(count, places, rods):
    """Repeat a shape, of unequal masses, where it meets nobody."""
    bodies, links = {}, {}
    for k in range(count):
        for end, (x, y) in enumerate(places):
            bodies[f"b{k:03}-{end}"] = {
                "position": [x, y, 0], "mass": 0.5 + end, "collide": False,
            }  # fmt: skip
        for i, j in rods:
            links[f"l{k:03}-{i}{j}"] = {
                "kind": "rod", "between": [f"b{k:03}-{i}", f"b{k:03}-{j}"],
            }  # fmt: skip
    return bodies, links


@pytest.mark.parametrize(
    ("shape", "dimensions", "freedom"),
    # What is rigid shifts and turns; four rods of a square are braced by one, the sixth is idle.
    [(PAIR, 2, 3), (PAIR, 3, 5), (BENT, 2, 4), (BENT, 3, 7), (BRACED, 2, 3)],
)
def test_each_way_rods_leave_to_move_has_half_k_t(play, shape, dimensions, freedom):
    bodies, links = shapes(80, *shape)
    said = {"dimensions": dimensions, "physics": STILL, "boundary": "open"}
    played = play({**said, "bodies": bodies, "links": links}, 40)
    mass = np.array([bodies[name]["mass"] for name in played.world.roster])
    kinetic = 0.5 * np.einsum("i,tij->t", mass, played.frames[600::10, :, 3:] ** 2)

    # 35 s of 240 ways to move or more, with a memory of 1 s: 1.5 % of chance; 2 % is asked for.
    assert kinetic.mean() / (0.5 * 0.01 * 80 * freedom) == pytest.approx(300, rel=0.03)
    last = 2 * 0.5 * np.sum(mass * np.sum(played.world.frame()[:, 3:] ** 2, axis=1))
    expected = last / (0.01 * 80 * freedom)
    assert played.world.measure("universe.temperature") == pytest.approx(expected, rel=1e-9)


def test_pendulums_are_kicked_along_their_spheres_only(play):
    rod = {"length": 1, "angle": 20}
    bodies = {f"p{k:03}": {"rod": rod, "mass": 1, "collide": False} for k in range(150)}
    bodies["ghost"] = {"mass": 0, "collide": False}  # without mass there is nothing to warm
    played = play({"dimensions": 3, "physics": STILL, "boundary": "open", "bodies": bodies}, 40)
    speed2 = np.sum(played.frames[600::10, :, 3:] ** 2, axis=2).sum(axis=1)

    assert speed2.mean() / 150 / 2 / 0.01 == pytest.approx(300, rel=0.03)
    still = np.sum(played.world.frame()[:, 3:] ** 2) / (0.01 * 150 * 2)
    assert played.world.measure("universe.temperature") == pytest.approx(still, rel=1e-9)
