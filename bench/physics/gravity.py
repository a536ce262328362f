"""Mutual gravitation against REBOUND's leapfrog: the same cloud, direct summation in both."""

import time

import numpy as np
from scene import STEP_S, Scene, row


def cloud_of(place):
    """Give the same cloud in REBOUND; None where it is not installed."""
    try:
        import rebound
    except ImportError:
        return None
    cloud = rebound.Simulation()
    cloud.integrator, cloud.gravity, cloud.dt = "leapfrog", "basic", STEP_S
    cloud.G, cloud.softening = 1 / place.shape[1], 0.2
    for x, y, z in place.T:
        cloud.add(m=1, x=x, y=y, z=z)
    return cloud


def theirs(cloud, ticks):
    """Give REBOUND's seconds a step; nan without it."""
    if cloud is None:
        return float("nan")
    began = time.perf_counter()
    cloud.steps(ticks)
    return (time.perf_counter() - began) / ticks


if __name__ == "__main__":
    for bodies, steps, repeats in ((10, 4000, 600), (100, 300, 100), (1000, 6, 40), (10_000, 1, 5)):
        place = np.random.default_rng(0).uniform(-10, 10, (3, bodies))
        wide = np.full(3, np.inf)
        ours = Scene(place, np.zeros_like(place), -wide, wide, pull=1 / bodies)
        cloud = cloud_of(place)
        # By turns: a machine may be slow for longer than one of them takes.
        found = [(ours.best(steps, 1), theirs(cloud, steps)) for _ in range(repeats)]
        mine, peer = (min(one) for one in zip(*found, strict=True))
        row(f"gravitation {bodies}", mine, peer, "REBOUND", asked=1.0 if bodies == 10 else 1.5)
