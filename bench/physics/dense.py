"""Dense clusters: what the costliest tick costs where everything falls together, and what is told."""

import time

import numpy as np
import scene  # finds the app, too
from app.core.document import judge
from app.core.physics import World
from app.core.story import Clock

MOST_MS = 100  # twelve ticks: a stumble, not a stall
FALLING = {"gravity": [0, 0, 0], "gravitation": 1, "softening": 0.05, "elasticity": 0.5}
POINTS = {"gravity": [0, 0, 0], "gravitation": 5, "softening": 0, "elasticity": 0.5}


def cluster(n, extent, radius, physics):
    """Say a ball of bodies that fall together."""
    crowd = {"sow": "ball", "n": n, "extent": extent, "radius": radius, "mass": 1}
    return {"boundary": "open", "physics": {**physics, "friction": 0}, "crowds": {"c": crowd}}


def inelastic(n):
    """Say a heap of balls that keep nothing of a bounce."""
    crowd = {"sow": "box", "n": n, "extent": 3, "radius": 0.1, "mass": 1}
    physics = {"gravity": [0, -9.81, 0], "elasticity": 0, "friction": 0.3}
    return {"boundary": {"box": [4, 40, 4]}, "physics": physics, "crowds": {"c": crowd}}


def played(name, document, seconds):
    """Play tick by tick; print the cost of the median and of the costliest, and the reports."""
    document = judge({"title": name, **document})
    world, clock = World.of(document, (), seed=1), Clock.of(document)
    cost, told = [], []
    for _ in range(seconds * 120):
        began = time.process_time()
        events = world.advance(1, clock)[1]
        cost.append((time.process_time() - began) * 1e3)
        told += [one for one in events if one.kind == "overload"]
    note = f"median {np.median(cost):.2f} ms a tick, costliest {max(cost):.1f} ms, "
    note += f"budget told {len(told)} times in {seconds} s"
    scene.said(name, note, f"{MOST_MS} ms at most", max(cost) <= MOST_MS)


if __name__ == "__main__":
    played("collapse of 50", cluster(50, 1.5, 0.1, FALLING), 4)
    played("collapse of 500", cluster(500, 3.2, 0.1, FALLING), 4)
    played("200 points, bare", cluster(200, 2, 0.001, POINTS), 4)
    played("heap of 500, dead", inelastic(500), 5)
