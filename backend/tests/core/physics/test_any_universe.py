"""Laws that hold in any universe, whatever is mixed in it: drawn by the hundred from their seeds."""

import math
import random

import numpy as np
import pytest

from app.core.document import judge
from app.core.performance.checkpoint import packed, unpacked
from app.core.physics import Watch, World
from app.core.physics.engine import layout
from app.core.physics.engine.measure import CODES
from app.core.physics.engine.reading import UNIVERSE
from app.core.story import Clock

SEEDS = 40
TICKS = 60
MEASURES = [*CODES, *(f"universe.{name}" for name in UNIVERSE)]
GOES_ROUND = ("body.angle", "body.phase", "pair.angle")
EXTRAS = {
    "gravitation": (0.1, 2), "softening": (0, 0.5), "temperature": (5, 1000), "pressure": (1, 200),
    "medium": ("air", "water", {"fluid_density": 500, "viscosity": 1}), "energy_dissipation": (0.1, 1),
    "time_scale": (0.1, 5), "spin": (True,), "integrator": ("yoshida4",), "accuracy": ("high",),
}  # fmt: skip


def universe(draw):
    """Draw a document: every kind of body, link, field, boundary and parameter now and then."""
    flat, half = draw.random() < 0.5, draw.choice([1.5, 3, 10])

    def vector(size):
        return [round(draw.uniform(-size, size), 3) for _ in range(2 if flat else 3)] + [0.0] * flat

    physics = {
        "gravity": draw.choice([[0, 0, 0], [0, -9.81, 0], [1, -3, 2]]),
        "elasticity": draw.choice([0, 0.5, 1]), "friction": draw.choice([0, 0.3, 1]),
        **{name: draw.choice(some) for name, some in EXTRAS.items() if draw.random() < 0.2},
    }  # fmt: skip
    bodies = {"star": {"fixed": True, "mass": 3, "collide": False, "position": vector(half / 2)}}
    for k in range(draw.randint(1, 6)):
        one = {
            "position": vector(0.9 * half), "velocity": vector(draw.choice([0, 1, 10])),
            "radius": draw.choice([0, 0.001, 0.05, 0.3]), "charge": draw.choice([-1, 0, 2]),
            "mass": draw.choice([1e-3, 1, 1, 10, 1e6 if "gravitation" not in physics else 2]),
        }  # fmt: skip
        way = draw.random()
        if way < 0.1:
            one = {"rod": {"length": 1, "angle": draw.uniform(-170, 170)}, "mass": 1}
        elif way < 0.25:
            shape = {"period": draw.choice([0.3, 2]), "eccentricity": draw.choice([0, 0.9])}
            one = {"orbit": {"about": "star", **shape}, "mass": 1, "collide": False}
        elif way < 0.4:
            one |= {"mass": draw.choice([0, 1]), "collide": False}
        bodies[f"b{k}"] = one
    ends = [name for name, one in bodies.items() if "rod" not in one and one.get("mass")]
    ties = links(draw, ends)
    fields = {}
    for k in range(draw.choice([0, 0, 1, 2])):
        field = {"kind": draw.choice(["radial", "directional", "vortex", "spring"]), "position": vector(half),
                 "strength": draw.choice([-5, 1, 500]), "tag": draw.choice(["mass", "charge"]),
                 "falloff": draw.choice(["none", "linear", "inverse", "inverse square"])}  # fmt: skip
        fields[f"f{k}"] = field | (
            {"radius": draw.choice([0.1, 2, 300])} if draw.random() < 0.5 else {}
        )
    crowd = {"sow": draw.choice(["disc", "ball", "box", "ring", "line"]), "n": draw.choice([2, 12]),
             "speed": draw.choice([0, 5]), "radius": draw.choice([0, 0.1]), "extent": half / 2}  # fmt: skip
    size = [2 * half] * 3
    edge = draw.choice(
        ["open", {"box": size}, {"box": size, "walls": "absorb"}, {"periodic": size}]
    )
    return {
        "title": "any", "dimensions": 2 if flat else 3, "physics": physics, "boundary": edge, "bodies": bodies,
        "links": ties, "fields": fields, "crowds": {"c": crowd} if draw.random() < 0.4 else {},
        "clock": {"unit": draw.choice(["second", "day"]), "rate": draw.choice([0.02, 1, 1, 3])},
    }  # fmt: skip


def links(draw, ends):
    links = {}
    for k in range(draw.choice([0, 0, 1, 3]) if len(ends) > 1 else 0):
        link = {"kind": draw.choice(["spring", "rod", "string"]), "between": draw.sample(ends, 2)}
        more = {"stiffness": draw.choice([1, 1e3]), "breaks": draw.choice([0.1, 20]), "damping": 1}
        links[f"l{k}"] = link | {name: of for name, of in more.items() if draw.random() < 0.4}
    return links


def watches(draw, roster):
    few = tuple(draw.sample(roster, min(4, len(roster))))
    crossed = [
        Watch("crossing", of=few, measure=draw.choice(MEASURES), at=(-0.7, 0.3, 1.9))
        for _ in range(draw.randint(0, 5))
    ]
    others = tuple(one for one in few if one != "star")
    sought = ("transit", "apsis", "escape", "capture", "conjunction")
    kinds = [kind for kind in sought if others and draw.random() < 0.3]
    return (*crossed, *(Watch(kind, of=others, about="star") for kind in kinds))


def played(world, clock, steps):
    frames, events = [], []
    for step in steps:
        more, found = world.advance(step, clock)
        frames.append(more)
        events += list(found)
    return np.concatenate(frames), events


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_is_mixed_the_laws_of_a_world_hold(seed):
    """Numbers stay numbers, bits do not depend on calls, neighbours or restarts, events keep order."""
    draw = random.Random(seed)
    document = judge(universe(draw))
    seen = watches(draw, World.of(document, (), seed=seed).roster)
    clock = Clock.of(document)
    straight, cut, other = (World.of(document, seen, seed=seed) for _ in range(3))
    at = draw.randrange(6, TICKS - 6)
    frames, events = played(straight, clock, [at, TICKS - at])

    assert np.isfinite(frames).all()
    # A rod from quick rails to what walls hold pumps it up without end: that is told, and only that.
    assert [one.kind for one in events].count("blowup") == bool(straight.blown)
    times = [(one.tick, one.offset) for one in events]
    assert times == sorted(times)
    assert all(0 <= offset < 1 for _, offset in times)
    numbers = [
        [*one.place, one.impulse, one.approach_speed, one.energy, one.value] for one in events
    ]
    assert np.isfinite(numbers).all()

    first, told = played(cut, clock, [1, at - 1])
    other.advance(5, clock)
    other.restore(unpacked(packed(cut.snapshot())))
    rest, more = played(other, clock, [3, TICKS - at - 3])
    assert np.concatenate([first, rest]).tobytes() == frames.tobytes()
    if straight.blown:
        return
    assert repr(told + more) == repr(events)
    _told_once(events)
    _within(straight, document.data["boundary"])
    error = straight.energy_error()
    assert math.isnan(error) or error < 0.01


def _told_once(events):
    last = {}
    for one in events:
        if one.kind in ("transit", "conjunction", "apsis", "escape", "capture"):
            key = (one.kind, one.watch, one.bodies)
            assert one.universe_time - last.get(key, -1) > 1e-12
            last[key] = one.universe_time


def _within(world, boundary):
    if boundary == "open":
        return
    half = next(size[0] for name, size in boundary.items() if name != "walls") / 2
    free = (world._tag[layout.KIND] == layout.FREE) & (world._tag[layout.TOUCH] > 0)
    assert np.abs(world.frame()[free, :2]).max(initial=0) <= half * (1 + 1e-9)
