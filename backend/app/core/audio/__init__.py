"""Notes to sound."""

from app.core.audio.instrument import Instrument

__all__ = ["Instrument"]
