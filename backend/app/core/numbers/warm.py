"""Compile every kernel of this room that is called from outside a kernel."""

import numpy as np

from app.core.numbers import angles, noise, powers


def warm() -> None:
    """Run each once with the types callers use: floats, and 64-bit whole numbers."""
    for one in (angles.sin, angles.cos, angles.sin_cos, angles.atan, angles.asin, angles.acos):
        one(0.5)
    angles.atan2(0.5, 0.5)
    for one in (powers.exp, powers.log, powers.tanh):
        one(0.5)
    powers.power(0.5, 0.5)
    powers.scaled(0.5, 1)
    noise.mix(np.uint64(1))
    for draw in (noise.draw, noise.uniform, noise.normal):
        draw(1, 2, 3)
