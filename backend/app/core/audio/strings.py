"""Which strings ring on where nobody has said: the chord of the key, over five octaves."""

from app.core.document import Document
from app.core.document.pitches import pitch_class_of
from app.core.numbers.powers import power

_MINOR = ("minor", "dorian", "phrygian", "locrian", "blues")
_LOW, _HIGH = -33, 24  # semitones from A4: C2 to A6


def chord_hz(document: Document) -> tuple[float, ...]:
    """Give root, third, fifth of a universe's key in Hz, each octave from C2 up to A6."""
    root = pitch_class_of(document.value("music.key"))
    scale = document.value("music.scale")
    third = 3 if any(name in scale for name in _MINOR) else 4
    classes = {(root + step) % 12 for step in (0, third, 7)}
    base = float(document.value("music.base_frequency"))
    steps = [step for step in range(_LOW, _HIGH + 1) if (step + 9) % 12 in classes]
    return tuple(base * power(2.0, step / 12) for step in steps)
