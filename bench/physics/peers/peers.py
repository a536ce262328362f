"""The same scenes in pymunk and Rapier."""

import json
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).parent


def pymunk_space(place, velocity, low, high, *, elasticity, gravity, radius):
    """Make a space of equal discs of mass 1 between walls; None where pymunk is not installed."""
    try:
        import pymunk
    except ImportError:
        return None
    space = pymunk.Space()
    space.gravity = (0, -gravity)
    for x, y, u, v in zip(*place[:2], *velocity[:2], strict=True):
        body = pymunk.Body(1, float("inf"))
        body.position, body.velocity = (x, y), (u, v)
        shape = pymunk.Circle(body, radius)
        shape.elasticity, shape.friction = elasticity, 0
        space.add(body, shape)
    corners = [(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])]
    for one, other in zip(corners, [*corners[1:], corners[0]], strict=True):
        wall = pymunk.Segment(space.static_body, one, other, 0)
        wall.elasticity, wall.friction = 1, 0
        space.add(wall)
    if len(space.bodies) >= 5000:
        space.use_spatial_hash(2 * radius, 2 * len(space.bodies))
    return space


def pymunk_best(space, ticks, runs, step):
    """Give the best seconds a step of several runs."""
    best = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        for _ in range(ticks):
            space.step(step)
        best = min(best, (time.perf_counter() - began) / ticks)
    return best


def rapier(scene, n, *, warm, ticks, runs, elasticity, gravity, edge, place, velocity, top):
    """Run a scene in Rapier under node: {best_s, kinetic, overlap}, or None where it is missing."""
    if not (HERE / "node_modules").exists():
        return None
    said = {
        "n": n, "warm": warm, "ticks": ticks, "runs": runs, "elasticity": elasticity,
        "gravity": gravity, "edge": edge, "top": top, "floor": scene == "heap",
        "place": place.T.tolist(), "velocity": velocity.T.tolist(),
    }  # fmt: skip
    done = subprocess.run(
        ["node", "rapier.mjs"], cwd=HERE, input=json.dumps(said), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return json.loads(done.stdout)
