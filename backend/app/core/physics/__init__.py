"""Motion, impacts and what is waited for."""

from app.core.physics.event import Event, Watch
from app.core.physics.world import World

__all__ = ["Event", "Watch", "World"]
