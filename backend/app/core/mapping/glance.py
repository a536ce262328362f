"""What rules that hold read every tick, of the world as it stands: taken in at one glance."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from app.core.document.rules import Condition
from app.core.mapping.channel import Channel
from app.core.mapping.measures import Subject, ask_of
from app.core.physics.asked import Ask


class _Rule(Protocol):
    @property
    def channels(self) -> Iterable[Channel]: ...

    @property
    def where(self) -> Condition: ...


def asked(held: Iterable[tuple[_Rule, Iterable[Subject]]]) -> tuple[Ask, ...]:
    """Give every measure that rules read of the world for their subjects, each once."""
    found: dict[Ask, None] = {}
    for rule, subjects in held:
        for subject in subjects:
            found.update(dict.fromkeys(_of_rule(rule, subject)))
    return tuple(found)


def _of_rule(rule: _Rule, subject: Subject) -> Iterator[Ask]:
    for channel in rule.channels:
        for source, whom in channel.reads(subject):
            yield from _of(source, whom)
    for bound in rule.where:
        yield from _of(bound.measure, subject)


def _of(source: str, subject: Subject) -> Iterator[Ask]:
    ask = ask_of(source, subject)
    if ask is not None:
        yield ask
