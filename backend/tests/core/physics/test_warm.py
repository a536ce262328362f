from app.core.numbers import kernel
from app.core.physics.warm import warm


def test_after_warming_a_world_compiles_nothing(play):
    warm()
    before = kernel.compilations()
    bodies = {"s": {"fixed": True, "mass": 1}, "p": {"orbit": {"about": "s", "period": 2}}, "f": {}}
    played = play({"bodies": bodies, "physics": {"gravitation": 1, "temperature": 1}}, 0.1)
    played.world.measure("body.speed", "f")
    played.world.measure("universe.kinetic")

    assert kernel.compilations() == before
