import pytest

from app.core.physics.engine import layout

NAIL = {"fixed": True, "collide": False}


def pulls(play, bodies, links, **physics):
    """Give what each link pulls once the world has gone a while, in order of id."""
    physics = {"air_resistance": 0, "friction": 0, **physics}
    said = {"physics": physics, "boundary": "open", "bodies": bodies, "links": links}
    world = play(said, 0.1).world
    return world._scene[:, layout.L_NOW].tolist()


def test_each_link_of_a_hanging_chain_bears_what_hangs_below(play):
    bodies, links = {"b0": NAIL}, {}
    for k in range(1, 5):
        bodies[f"b{k}"] = {"position": [0, -k, 0], "mass": k, "collide": False}
        kind = "rod" if k % 2 else "string"
        links[f"l{k}"] = {"kind": kind, "between": [f"b{k - 1}", f"b{k}"], "breaks": 1e6}

    assert pulls(play, bodies, links, gravity=[0, -10, 0]) == pytest.approx(
        [100, 90, 70, 40],
        rel=1e-9,  # it takes some steps until each knows of all below
    )


def test_two_that_whirl_about_each_other_pull_by_their_masses_and_speed(play):
    """Masses 1 and 3 on a rod of 2, the light one at 3 m/s about their centre: 1 · 3² / 1.5."""
    bodies = {
        "a": {"position": [-1.5, 0, 0], "velocity": [0, -3, 0], "mass": 1, "collide": False},
        "b": {"position": [0.5, 0, 0], "velocity": [0, 1, 0], "mass": 3, "collide": False},
    }
    links = {"l": {"kind": "rod", "between": ["a", "b"], "breaks": 1e6}}

    assert pulls(play, bodies, links, gravity=[0, 0, 0]) == pytest.approx([6], rel=1e-12)


def test_a_slack_string_pulls_nothing_and_a_spring_by_its_stretch(play):
    bodies = {"n": NAIL, "a": {"position": [1, 0, 0], "mass": 1, "collide": False},
              "b": {"position": [0, 2, 0], "fixed": True, "collide": False}}  # fmt: skip
    links = {"l": {"kind": "string", "between": ["n", "a"], "length": 2, "breaks": 1e6},
             "m": {"kind": "spring", "between": ["n", "b"], "stiffness": 7, "length": 1.5, "breaks": 9}}  # fmt: skip

    assert pulls(play, bodies, links) == [0.0, 3.5]
