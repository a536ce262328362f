"""Time and what it changes."""

from app.core.story.clock import Clock, Instant
from app.core.story.story import Reached, Story

__all__ = ["Clock", "Instant", "Reached", "Story"]
