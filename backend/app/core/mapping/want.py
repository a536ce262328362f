"""A wish for a note: what a rule asks for, before the music has its say."""

import math
from dataclasses import dataclass

from app.core.document.spans import Span
from app.core.physics.event import Place

UNTIL_NEXT = "until-next"


@dataclass(frozen=True, slots=True)
class Want:
    """One wish. Either `hz` or `degree` says the pitch; the other is nan.

    A held wish (`held`) is made again every tick for as long as its condition lasts.
    """

    tick: int
    offset: float  # 0 <= offset < 1, the part of the tick gone by
    universe_time: float  # of the event, clock units since tick 0
    rule: str
    event: str
    bodies: tuple[str, ...]
    place: Place
    voice: str
    hz: float = math.nan
    degree: float = math.nan  # steps of the scale from the lowest tonic of the voice's register
    exact: bool = False  # an interval: neither scale nor register may move it
    written: bool = False  # its octave was written: the register may not move it
    velocity: float = 0.7
    duration: Span | None = None  # None: the voice's own
    until_next: bool = False
    delay: Span | None = None  # the onset comes so much later than the event
    pan: float = 0.0
    brightness: float = 0.5
    bend: float = 0.0  # cents, after everything else
    source: str = ""  # the measure the pitch comes from; "" where it was written
    raw: float = math.nan  # what it was
    merged: int = 1  # how many events this stands for
    held: bool = False

    @property
    def key(self) -> str:
        """Name the stream of notes this belongs to: its rule and its body."""
        return "/".join((self.rule, *self.bodies[:1]))

    @property
    def at_once(self) -> bool:
        """Whether it must be heard now: who puts a body into the world waits for its sound."""
        return self.event == "appear"

    @property
    def time(self) -> float:
        """Give its onset in ticks; only for ordering, since it rounds late in a performance."""
        return self.tick + self.offset
