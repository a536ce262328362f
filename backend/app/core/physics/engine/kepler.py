"""Exact motion on an ellipse: no step, so no error that grows.

Source: Danby (1988), Fundamentals of Celestial Mechanics, §6.6.
"""

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.angles import TAU, sin_cos
from app.core.numbers.kernel import inner
from app.core.physics.engine import layout as lay

Sextet = tuple[float, float, float, float, float, float]


@inner
def eccentric_anomaly(mean: float, eccentricity: float) -> float:
    """Solve Kepler's equation E - e sin E = M for E, radians; 0 <= e < 1."""
    m = mean - TAU * np.floor(mean / TAU + 0.5)
    low, high = m - eccentricity, m + eccentricity
    e = m + (0.85 * eccentricity if m >= 0.0 else -0.85 * eccentricity)
    for _ in range(60):
        s, c = sin_cos(e)
        f = e - eccentricity * s - m
        # The function only rises, so its sign says on which side the root is.
        if f > 0.0:
            high = e
        else:
            low = e
        slope = 1.0 - eccentricity * c
        step = -f / (slope - 0.5 * f * eccentricity * s / slope)
        new = e + step
        if not low <= new <= high:
            new = 0.5 * (low + high)
        if abs(new - e) < 4e-16 * (1.0 + abs(e)):
            return new
        e = new
    return e


@inner
def on_rails(body: NDArray[np.float64], i: int, time: float) -> Sextet:
    """Give place and velocity of a body on rails, seen from its centre, at a universe time."""
    eccentricity = body[lay.ECCENTRICITY, i]
    anomaly = eccentric_anomaly(body[lay.ANOMALY, i] + body[lay.MOTION, i] * time, eccentricity)
    s, c = sin_cos(anomaly)
    axis = body[lay.AXIS, i]
    minor = axis * np.sqrt((1.0 - eccentricity) * (1.0 + eccentricity))
    p, q = axis * (c - eccentricity), minor * s
    rate = body[lay.MOTION, i] / (1.0 - eccentricity * c)
    vp, vq = -axis * s * rate, minor * c * rate
    return (
        p * body[lay.PX, i] + q * body[lay.QX, i],
        p * body[lay.PY, i] + q * body[lay.QY, i],
        p * body[lay.PZ, i] + q * body[lay.QZ, i],
        vp * body[lay.PX, i] + vq * body[lay.QX, i],
        vp * body[lay.PY, i] + vq * body[lay.QY, i],
        vp * body[lay.PZ, i] + vq * body[lay.QZ, i],
    )
