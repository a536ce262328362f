"""What there is to see at one moment: bodies, their trails, and the rings of notes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.core.document import Document
from app.core.document.bodies import crowds, roster
from app.core.document.visual import visual
from app.core.mapping.pitch import pitch_class
from app.core.music.note import Note
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.physics.event import Place
from app.core.visuals.colour import Light, hued, light, lightened, mixed, of_hex, rest

FLASH_S = 0.52
TINT_S = 6.0
TRAIL_S = 6.0  # of a trail_length of 1
THROWN: Light = (1.0, 0.95, 0.86)
_STAR: Light = (1.0, 0.84, 0.58)


@dataclass(frozen=True, slots=True)
class Lamp:
    """A body as it is seen: its colour, how much it flashes (0..1), and its size factor."""

    id: str
    colour: Light
    flash: float
    size: float
    radius: float  # length; 0 of a point
    glow: float = math.nan  # of its own halo, 0..1; nan: the picture's
    trail: float = math.nan  # of its own path, 0..1; nan: the picture's


@dataclass(frozen=True, slots=True)
class Ring:
    """A note's ring: where from, its colour, how far it has grown and how strong it still is."""

    place: Place
    colour: Light
    grown: float  # 0..1
    strength: float  # 0..1


def ring(note: Note, now_s: float, saturation: float = 0.8) -> Ring | None:
    """Give the ring of a note at a heard time; None before it sounds and when it has faded."""
    life = 0.9 + 0.9 * note.velocity
    age = (now_s - note.heard_s) / life
    if not 0.0 <= age < 1.0:
        return None
    return Ring(
        note.place,
        light(pitch_class(note.hz), saturation),
        grown=1.0 - (1.0 - age) ** 3,
        strength=(1.0 - age) ** 2 * (0.35 + 0.65 * note.velocity),
    )


class Lamps:
    """The colours of a universe's bodies: their own or the palette's, then of what they sing."""

    def __init__(self, document: Document) -> None:
        sown = [member for crowd in crowds(document) for member in crowd.members]
        bodies = sorted((*roster(document), *sown), key=lambda body: body.id)
        own = [body for body in bodies if not body.id.startswith("zz-")]
        palette = document.value("visual.palette")
        colours = [of_hex(one) for one in visual(document).colours]
        centres = {body.orbit.about for body in bodies if body.orbit}
        self._resting = {
            body.id: (colours[rank % len(colours)] if colours and palette == "custom" else None)
            or rest(palette, rank / max(1, len(own)))
            for rank, body in enumerate(own)
        }
        self._own = {body.id: of_hex(body.colour) for body in bodies if body.colour}
        for body in bodies:
            if body.fixed and body.id in centres:
                self._own.setdefault(body.id, _STAR)
        self._shape = {body.id: (body.size, body.radius) for body in bodies}
        self._saturation = float(document.value("visual.saturation"))

    def lamp(self, name: str, sung: Note | None, now_s: float) -> Lamp:
        """Give a body as it is seen at a heard time, after the last note it sang."""
        own = self._own.get(name)
        colour = own or self._resting.get(name, THROWN)
        size, radius = self._shape.get(name, (1.0, 0.0))
        if sung is None or sung.heard_s > now_s:
            return Lamp(name, colour, 0.0, size, radius)
        age = now_s - sung.heard_s
        share = (0.5 if own else 0.9) * max(0.35, 1.0 - age / TINT_S)
        tinted = mixed(colour, light(pitch_class(sung.hz), self._saturation), share)
        flash = (0.4 + 0.6 * sung.velocity) * float(np.exp(-3.0 * age / FLASH_S))
        return Lamp(name, tinted, flash, size, radius)


def seen(lamp: Lamp, look: Sequence[float], saturation: float = 0.8) -> Lamp:
    """Give a body as rules say it looks.

    Args:
        lamp: as it is by itself.
        look: hue in degrees, lightness, size, glow, trail, opacity; nan as it is.
        saturation: of the hue.
    """
    hue, lightness, size, glow, path, opacity = look
    colour = lamp.colour if math.isnan(hue) else hued(hue, saturation)
    colour = colour if math.isnan(lightness) else lightened(colour, lightness)
    colour = colour if math.isnan(opacity) else mixed((0.0, 0.0, 0.0), colour, opacity)
    larger = lamp.size if math.isnan(size) else lamp.size * size
    return replace(lamp, colour=colour, size=larger, glow=glow, trail=path)


def trail(frames: NDArray[np.float64], row: int, *, length: float) -> NDArray[np.float64]:
    """Give the last places of a body, oldest first.

    Args:
        frames: (ticks, bodies, 6), the newest last.
        row: which body.
        length: the parameter `visual.trail_length`, 0..1.
    """
    ticks = int(length * TRAIL_S * TICKS_PER_SECOND)
    return frames[max(0, len(frames) - ticks) :, row, :3]


def last_sung(notes: Sequence[Note]) -> dict[str, Note]:
    """Give the last note of each body."""
    return {body: note for note in notes for body in note.bodies}
