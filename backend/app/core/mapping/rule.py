"""One rule, compiled: its channels, what it makes one of, what it was asked once and for all."""

from collections.abc import Mapping
from typing import Any

from app.core.document.document import Document
from app.core.document.music import music
from app.core.document.rules import RuleSpec
from app.core.document.spans import Span
from app.core.document.values import Channels
from app.core.mapping.channel import Channel
from app.core.mapping.filters import Merger, concerns
from app.core.mapping.measures import Measures
from app.core.mapping.want import Want
from app.core.mapping.wish import Wisher
from app.core.physics.event import Event


class Rule:
    """One rule with its channels ready to be evaluated."""

    def __init__(
        self,
        spec: RuleSpec,
        measures: Measures,
        seconds: "Seconds",
        *,
        watch: int,
        voices: Mapping[str, str],
    ) -> None:
        self.spec = spec
        self.watch = watch  # its place in the watches, or its mark as a metronome; -1: neither
        self.wisher = Wisher(spec, measures, seconds, voices) if spec.note is not None else None
        self.settings = _channels(spec, spec.set, measures, seconds)
        self.look = _channels(spec, spec.look, measures, seconds)
        self.where = spec.when.where
        # Held notes of which nothing can change, by body: wished once and for all.
        self.constant: dict[tuple[str, ...], Want] = {}
        self.merger: Merger | None = None
        if spec.together is not None:
            self.merger = Merger(spec.together, within_s=seconds.of(spec.together.within))

    @property
    def channels(self) -> list[Channel]:
        """Every channel of note, settings and look."""
        note = self.wisher.channels if self.wisher is not None else ()
        return [*self.settings, *self.look, *note]

    @property
    def silent(self) -> bool:
        """Whether it is only seen."""
        return self.wisher is None and not self.settings

    @property
    def changeless(self) -> bool:
        """Whether nothing of a held note can ever change."""
        if self.wisher is None or self.where or self.settings or self.look:
            return False
        return self.wisher.constant

    def mine(self, event: Event) -> Event | None:
        """Give the event as this rule sees it, or None."""
        if self.watch != -1 and event.watch != self.watch:
            return None
        return concerns(self.spec.when, event)


class Seconds:
    """Spans in seconds, at the tempo and meter a universe is written in."""

    def __init__(self, document: Document) -> None:
        spec = music(document)
        self._tempo, self._bar_beats = spec.tempo, spec.bar_beats

    def of(self, span: Span) -> float:
        """Give a span in seconds."""
        return span.seconds(tempo=self._tempo, bar_beats=self._bar_beats)

    def beats(self, span: Span) -> float:
        """Give a span in beats."""
        return span.beats(tempo=self._tempo, bar_beats=self._bar_beats)

    def smooth(self, value: Any) -> float:
        """Give the time constant of a value, 0 where it is not smoothed."""
        span = getattr(value, "smooth", None)
        return 0.0 if span is None else self.of(span)


def _channels(
    spec: RuleSpec, said: Channels | None, measures: Measures, seconds: Seconds
) -> list[Channel]:
    return [
        Channel(f"{spec.id}.{name}", name, value, measures, smooth_s=seconds.smooth(value))
        for name, value in (said or {}).items()
    ]
