"""The rules of a universe, compiled: what to watch for, what is wished, what is moved."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Self

from app.core.document.body import BodySpec
from app.core.document.document import Document
from app.core.document.rules import RuleSpec
from app.core.mapping.channel import Channel, Memory
from app.core.mapping.filters import holds
from app.core.mapping.glance import asked
from app.core.mapping.look import Looks
from app.core.mapping.measures import Measures, Sky, Subject
from app.core.mapping.rule import Rule, Seconds
from app.core.mapping.want import Want
from app.core.numbers.grid import TICKS_PER_FRAME
from app.core.physics.asked import Ask
from app.core.physics.event import Event, Watch
from app.core.story import Clock, Instant

# Events that the world finds without being asked, or that are not its affair.
UNWATCHED = frozenset({"collision", "appear", "story", ""})


class Rules:
    """Everything a universe's rules ask for, tick by tick."""

    def __init__(
        self, document: Document, specs: Sequence[RuleSpec], bodies: Sequence[BodySpec]
    ) -> None:
        self.measures = Measures(document, bodies)
        self.memory = Memory()
        self.looks = Looks()
        self.base_hz = float(document.value("music.base_frequency"))
        self._seconds = Seconds(document)
        self._ids = tuple(sorted(body.id for body in bodies if not body.fixed))
        self._all = frozenset(body.id for body in bodies)
        watches: list[Watch] = []
        self._voices = {body.id: body.voice for body in bodies if body.voice}
        self._rules = [self._compiled(spec, watches, i) for i, spec in enumerate(specs)]
        self.watches = tuple(watches)
        self._held = [rule for rule in self._rules if rule.spec.when.held]
        self._struck = [rule for rule in self._rules if not rule.spec.when.held]
        self.seen = any(rule.look for rule in self._rules)  # whether rules say how bodies look
        self._looking = any(rule.look for rule in self._held)
        self._roster: tuple[str, ...] | None = None
        self._whom: list[tuple[Rule, list[Subject]]] = []
        self._asked: tuple[Ask, ...] = ()
        self._beating = [rule for rule in self._rules if rule.spec.when.every is not None]

    def _compiled(self, spec: RuleSpec, watches: list[Watch], number: int) -> Rule:
        place = -2 - number if spec.when.every is not None else -1
        watch = _watch(spec)
        if watch is not None:
            place = len(watches)
            watches.append(watch)
        return Rule(spec, self.measures, self._seconds, watch=place, voices=self._voices)

    def unseen(self) -> Self:
        """Leave out how bodies look; nobody does."""
        self.seen = self._looking = False
        self._held = [rule for rule in self._held if not rule.silent]
        return self

    @property
    def ids(self) -> frozenset[str]:
        """Names of the rules."""
        return frozenset(rule.spec.id for rule in self._rules)

    @property
    def bodies(self) -> frozenset[str]:
        """Ids of the bodies."""
        return self._all

    @property
    def needs_every_tick(self) -> bool:
        """Whether something follows the world even when nothing happens."""
        return bool(self._held or self._beating)

    def metronome(self, clock: Clock, tick: int) -> list[Event]:
        """Give the note values that fall into a tick, as events, in time order."""
        found: list[Event] = []
        for rule in self._beating:
            found += self._strokes(rule, clock, tick)
        return sorted(found, key=lambda event: (event.offset, event.watch))

    def _strokes(self, rule: Rule, clock: Clock, tick: int) -> list[Event]:
        assert rule.spec.when.every is not None
        step = self._seconds.beats(rule.spec.when.every)
        start, end = clock.instant(tick).beat, clock.instant(tick + 1).beat
        strokes = []
        for number in range(math.ceil(start / step), math.ceil(end / step)):
            offset = min(max((number * step - start) / (end - start), 0.0), 1.0 - 1e-9)
            now = clock.instant(tick, offset).universe_time
            strokes += [
                Event("every", tick, offset, now, bodies=bodies, watch=rule.watch, index=number)
                for bodies in _each(rule.spec.when.of)
            ]
        return strokes

    def wants(
        self, events: Sequence[Event], world: Sky, clock: Clock, tick: int
    ) -> tuple[list[Want], dict[str, Any]]:
        """Give what one tick's events ask for: notes, and parameters to move."""
        wants: list[Want] = []
        moved: dict[str, Any] = {}
        if not events:
            return wants, moved
        self.measures.look(world)
        for rule in self._struck:
            for event, count in self._events(rule, events, world):
                subject = Subject(event.bodies, rule.spec.when.about, event)
                moved.update(self._valued(rule.settings, subject, world, tick))
                self._strike(rule, event, world, tick)
                if rule.wisher is not None:
                    wants += rule.wisher.wants(subject, world, self.memory, self.base_hz, count)
        return wants, moved

    def _events(self, rule: Rule, events: Sequence[Event], world: Sky) -> list[tuple[Event, int]]:
        when = rule.spec.when
        mine = [own for event in events if (own := rule.mine(event)) is not None]
        if when.where:
            mine = [
                event
                for event in mine
                if holds(when.where, Subject(event.bodies, when.about, event), self.measures, world)
            ]
        return rule.merger.merged(mine) if rule.merger else [(event, 1) for event in mine]

    def held(self, world: Sky, clock: Clock, tick: int) -> tuple[list[Want], dict[str, Any]]:
        """Give the notes held at the start of a tick, and the parameters that follow the world."""
        wants: list[Want] = []
        moved: dict[str, Any] = {}
        if not self._held:
            return wants, moved
        self.measures.look(world)
        looking = self._looking and tick % TICKS_PER_FRAME == 0  # nobody sees more than a frame
        if looking:
            self.looks.release()
        now = clock.instant(tick)
        watched = self._watched(world)
        if self._asked:
            self.measures.glance(self._asked, world)
        for rule, subjects in watched:
            if looking or not rule.silent:
                wants += self._follow(rule, subjects, world, tick, now, moved, looking=looking)
        self.measures.blink()
        return wants, moved

    def _follow(
        self, rule: Rule, subjects: Sequence[Subject], world: Sky, tick: int, now: Instant,
        moved: dict[str, Any], *, looking: bool,
    ) -> list[Want]:  # fmt: skip
        """Do what a rule says of the subjects of whom its condition is true; give its wishes."""
        wants: list[Want] = []
        for subject in subjects:
            known = rule.constant.get(subject.bodies)
            if known is not None:
                wants.append(known)
                continue
            if rule.where and not holds(rule.where, subject, self.measures, world):
                continue
            if rule.settings:
                moved.update(self._valued(rule.settings, subject, world, tick))
            if looking and rule.look:
                self.looks.hold(subject.bodies[0], self._valued(rule.look, subject, world, tick))
            wants += self._wished(rule, subject, world, now, tick)
        return wants

    def _watched(self, world: Sky) -> list[tuple[Rule, list[Subject]]]:
        """Give the rules that hold, each with the subjects there are of it."""
        if world.roster is not self._roster:
            self._roster = world.roster
            self._whom = [(rule, self._subjects(rule, world)) for rule in self._held]
            self._asked = asked(self._whom)
        return self._whom

    def _wished(
        self, rule: Rule, subject: Subject, world: Sky, now: Instant, tick: int
    ) -> list[Want]:
        if rule.wisher is None:
            return []
        want = rule.wisher.held(subject, world, self.memory, self.base_hz, tick, now.universe_time)
        if not (want.hz == want.hz or want.degree == want.degree):
            return []
        if rule.changeless:
            rule.constant[subject.bodies] = want
        return [want]

    def _subjects(self, rule: Rule, world: Sky) -> list[Subject]:
        when = rule.spec.when
        if rule.wisher is None and not rule.look and not when.of:
            return [Subject((), when.about)]
        return [
            Subject((body,), when.about) for body in when.of or self._ids if body in world.roster
        ]

    def _strike(self, rule: Rule, event: Event, world: Sky, tick: int) -> None:
        """Let an event change how the rule's own body looks, or all of its bodies."""
        if not (rule.look and self.seen):
            return
        bodies = event.bodies[:1] if rule.spec.when.of else event.bodies
        for body in bodies:
            others = tuple(one for one in event.bodies if one != body)
            subject = Subject((body, *others), rule.spec.when.about, event)
            self.looks.strike(rule.spec.id, body, self._valued(rule.look, subject, world, tick))

    def _valued(
        self, channels: Sequence[Channel], subject: Subject, world: Sky, tick: int
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for channel in channels:
            value, _ = channel.of(subject, world, self.memory, tick=tick, base_hz=self.base_hz)
            if value == value:
                found[channel.name] = value
        return found

    def set(self, path: str, value: Any) -> None:
        """Tell the rules that a parameter has moved: measures may read it."""
        self.measures.moved[path] = value
        if path == "music.base_frequency":
            self.base_hz = float(value)
            for rule in self._held:
                rule.constant.clear()

    def snapshot(self) -> dict[str, Any]:
        """Give what the rules have learnt, as plain values."""
        return {
            "memory": self.memory.snapshot(),
            "scene": list(self.measures.scene),
            "moved": dict(self.measures.moved),
            "looks": self.looks.snapshot(),
            "opened": {
                r.spec.id: list(r.merger.opened)
                for r in self._rules
                if r.merger and r.merger.opened
            },
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave; also how an edited universe keeps what it has learnt."""
        self.memory.restore(state["memory"])
        self.looks.restore(state["looks"], frozenset(r.spec.id for r in self._rules if r.look))
        self.measures.scene = [float(bound) for bound in state["scene"]]
        for path, value in state["moved"].items():
            self.set(path, value)
        for rule in self._rules:
            opened = state["opened"].get(rule.spec.id)
            if rule.merger and opened:
                rule.merger.opened = (int(opened[0]), float(opened[1]))


def _each(ids: Sequence[str]) -> list[tuple[str, ...]]:
    return [(one,) for one in ids] if ids else [()]


def _watch(spec: RuleSpec) -> Watch | None:
    when = spec.when
    if when.held or when.every is not None or when.event in UNWATCHED:
        return None
    return Watch(
        kind=when.event,
        of=when.of,
        about=when.about,
        pairs=when.pairs,
        measure=when.measure,
        at=when.at,
        direction=when.direction,
    )
