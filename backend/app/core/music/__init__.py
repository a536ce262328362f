"""From wishes to notes, each with its reasons."""

from app.core.music.score import Score

__all__ = ["Score"]
