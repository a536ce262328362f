"""The camera: from where a universe is seen, and where its places lie in a picture."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.document import Document
from app.core.document.bodies import roster

FIELD = 0.42  # radians up and down
MARGIN = 0.9  # part of the picture's half that what must be seen may fill

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks at `target` from `away` along the third of its axes (right, up, toward the eye)."""

    axes: Points  # (3, 3), rows
    target: Points  # (3,)
    away: float
    width: int
    height: int

    def project(self, places: Points) -> Points:
        """Give where places of the world lie in the picture.

        Args:
            places: (n, 3), length.

        Returns:
            (n, 3): pixels from the left, from the top, and pixels a length there spans.
        """
        local = (np.asarray(places, dtype=np.float64) - self.target) @ self.axes.T
        depth = np.maximum(self.away - local[:, 2], 0.05 * self.away)
        scale = 0.5 * self.height / math.tan(FIELD / 2.0) / depth
        return np.column_stack(
            (
                0.5 * self.width + local[:, 0] * scale,
                0.5 * self.height - local[:, 1] * scale,
                scale,
            )
        )


def axes(yaw: float, pitch: float) -> Points:
    """Give right, up and toward-the-eye of a view turned about y, then tilted; radians."""
    sy, cy, sp, cp = math.sin(yaw), math.cos(yaw), math.sin(pitch), math.cos(pitch)
    return np.array([[cy, 0.0, -sy], [-sy * sp, cp, -cy * sp], [sy * cp, sp, cy * cp]])


def viewpoint(document: Document) -> tuple[float, float]:
    """Give yaw and pitch from which a universe is best seen, radians."""
    camera = document.data.get("visual", {}).get("camera", {})
    bodies = roster(document)
    yaw, pitch = 0.0, 0.0
    if any(body.orbit for body in bodies):
        pitch = -0.92  # orbits lie in x-y: lean back to see them as ellipses
    elif (
        document.data.get("dimensions", 3) == 3 and sum(body.rod is not None for body in bodies) > 1
    ):
        yaw, pitch = 0.9, 0.26
    elif document.data.get("dimensions", 3) == 3 and document.data.get("crowds"):
        yaw, pitch = 0.5, 0.35
    return math.radians(camera["rotation"]) if "rotation" in camera else yaw, pitch


def fitted(document: Document, places: Points, *, width: int, height: int) -> Camera:
    """Give the camera that sees all these places.

    Args:
        document: whose `visual.camera` turns, zooms and pans.
        places: (n, 3), length; at least one.
        width: of the picture, pixels.
        height: of the picture, pixels.
    """
    turn = axes(*viewpoint(document))
    seen = places @ turn.T
    middle = 0.5 * (seen.min(axis=0) + seen.max(axis=0))
    around = seen - middle
    focal = np.array([height / width, 1.0]) / math.tan(FIELD / 2.0)
    away = np.max(around[:, 2] + np.max(focal * np.abs(around[:, :2]) / MARGIN, axis=1))
    pan = document.value("visual.camera.pan")
    shifted = middle + np.array([float(pan[0]), float(pan[1]), 0.0])
    zoom = float(document.value("visual.camera.zoom"))
    return Camera(turn, shifted @ turn, max(float(away), 1e-6) / zoom, width, height)
