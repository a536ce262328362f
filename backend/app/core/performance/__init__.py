"""A universe, a seed and a journal, played forward into slices."""

from app.core.performance.performance import ENGINE, Performance
from app.core.performance.slice import Meters, Slice
from app.core.performance.take import Entry, play

__all__ = ["ENGINE", "Entry", "Meters", "Performance", "Slice", "play"]
