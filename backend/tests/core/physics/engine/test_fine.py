import pytest


def test_fourth_order_and_impacts_live_together(play):
    """Where something touches, the arcs take over; where nothing does, they do not."""
    ball = {"position": [0, 1.1, 0], "radius": 0.1}
    physics = {"elasticity": 1, "friction": 0, "floor": 0, "air_resistance": 0}
    said = {"boundary": "open", "bodies": {"a": ball}}
    plain = play({**said, "physics": physics}, 10)
    fine = play({**said, "physics": {**physics, "integrator": "yoshida4"}}, 10)

    assert fine.times() == pytest.approx(plain.times(), abs=1e-12)


def test_drag_keeps_its_law_in_fourth_order(play):
    body = {"velocity": [3, 0, 0], "collide": False}
    physics = {"gravity": [0, 0, 0], "air_resistance": 0.7, "integrator": "yoshida4"}
    said = {"physics": physics, "boundary": "open", "bodies": {"a": body}}

    assert play(said, 1).world.frame()[0, 3] == pytest.approx(3 * 2.718281828459045**-0.7, rel=1e-9)
