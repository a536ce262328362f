from app.core.parameters.presets import WORLDS


def test_space_is_empty_and_loses_nothing():
    space = WORLDS["space"]

    assert space["physics.gravity"] == (0.0, 0.0, 0.0)
    assert (space["physics.elasticity"], space["physics.friction"]) == (1.0, 0.0)
