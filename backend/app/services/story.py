"""The story of a universe, point by point: a view of its document in order of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from app.core.document import Document
from app.core.document.music import bar_beats, meter_of
from app.core.document.spans import position_of
from app.crud import universes
from app.errors import Conflict, NotFound
from app.models import Universe
from app.services import access, history, parts, texts
from app.services.conditions import Condition
from app.services.universes import apply
from app.services.views import PageView
from app.services.work import Work

SECTION = "story"
GAP_S = 1.0  # how far from the last point a point is put that comes after it


@dataclass(frozen=True, slots=True)
class PointView:
    """One point of a story."""

    document_rev: int
    id: str
    seconds: float  # of heard time, at the document's own tempo and meter
    value: Mapping[str, Any]  # as it is written
    harmony: float | None  # what it is tied to, 0 to 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which points of a story, and in which order."""

    sort: str = "time"  # time | title, either with - before it
    harmony_low: float | None = None
    harmony_high: float | None = None
    text: str | None = None


def listing(
    work: Work, universe_id: UUID, wanted: Wanted, *, cursor: str | None, limit: int
) -> PageView[PointView]:
    """List the points of a story; a page goes on after the point the last one ended with."""
    universe, document = parts.seen(work, universe_id)
    purpose = f"story {universe_id} {wanted}"
    points = _ordered([one for one in _points(universe, document) if _fits(one, wanted)], wanted)
    after = history.opened(work, purpose, cursor)
    if after is not None:
        points = [one for one in points if _beyond(one, after, wanted)]
    items = tuple(points[:limit])
    more = len(points) > limit
    place = list(_place(items[-1], wanted)) if more else None
    return PageView(items, work.tools.seal.seal(purpose, place) if more else None)


def read(work: Work, universe_id: UUID, point: str) -> PointView:
    """Read one point."""
    universe, document = parts.seen(work, universe_id)
    return _found(universe, document, point)


def create(
    work: Work, universe_id: UUID, said: Mapping[str, Any], *, name: str | None = None
) -> PointView:
    """Add a point under a name of its own. Raises Conflict, DocumentError."""
    universe = access.require_editor(
        universes.find_for_edit(work.session, universe_id), work.caller
    )
    document = texts.current(work, universe)
    point = name or _fresh(document)
    if point in document.data.get(SECTION, {}):
        raise Conflict(f"there is a point {point} already; leave the id out to have one given")
    apply(work, universe, {SECTION: {point: said}})
    return _found(universe, texts.current(work, universe), point)


def change(
    work: Work, universe_id: UUID, point: str, patch: Mapping[str, Any], *, condition: Condition
) -> PointView:
    """Change a point by merge patch."""
    parts.change_entry(work, universe_id, SECTION, point, patch, condition=condition)
    return read(work, universe_id, point)


def put(
    work: Work, universe_id: UUID, point: str, said: Mapping[str, Any], *, condition: Condition
) -> PointView:
    """Make a point what it is to be."""
    parts.put_entry(work, universe_id, SECTION, point, said, condition=condition)
    return read(work, universe_id, point)


def move(
    work: Work,
    universe_id: UUID,
    point: str,
    *,
    at: Any = None,
    after: str | None = None,
    before: str | None = None,
    condition: Condition,
) -> PointView:
    """Give a point another time: said outright, or half-way between its new neighbours."""
    universe = parts.editable(work, universe_id, condition)
    document = texts.current(work, universe)
    _found(universe, document, point)
    if at is None:
        others = _ordered([one for one in _points(universe, document) if one.id != point], Wanted())
        at = _between(others, after, before)
    apply(work, universe, {SECTION: {point: {"at": at}}})
    return _found(universe, texts.current(work, universe), point)


def _fresh(document: Document) -> str:
    while (name := f"point-{uuid4().hex[:8]}") in document.data.get(SECTION, {}):
        continue
    return name


def _points(universe: Universe, document: Document) -> list[PointView]:
    pace = {
        "tempo": float(document.value("music.tempo")),
        "bar_beats": bar_beats(meter_of(document.value("music.meter"))),
    }
    return [
        PointView(
            universe.document_rev,
            name,
            position_of(said["at"]).seconds(**pace),
            said,
            _harmony(said.get("harmony")),
        )
        for name, said in document.data.get(SECTION, {}).items()
    ]


def _harmony(said: Any) -> float | None:
    found = said.get("intensity") if isinstance(said, Mapping) else said
    return None if found is None else float(found)


def _found(universe: Universe, document: Document, point: str) -> PointView:
    for one in _points(universe, document):
        if one.id == point:
            return one
    raise NotFound("there is no such point in this story")


def _fits(point: PointView, wanted: Wanted) -> bool:
    if wanted.text is not None:
        told = f"{point.value.get('title', '')} {point.value.get('text', '')}"
        if wanted.text.casefold() not in told.casefold():
            return False
    if wanted.harmony_low is None and wanted.harmony_high is None:
        return True
    low, high = wanted.harmony_low or 0.0, wanted.harmony_high
    return point.harmony is not None and low <= point.harmony <= (1.0 if high is None else high)


def _place(point: PointView, wanted: Wanted) -> tuple[Any, str]:
    if wanted.sort.endswith("title"):
        return (point.value.get("title", "").casefold(), point.id)
    return (point.seconds, point.id)


def _ordered(points: list[PointView], wanted: Wanted) -> list[PointView]:
    down = wanted.sort.startswith("-")
    return sorted(points, key=lambda one: _place(one, wanted), reverse=down)


def _beyond(point: PointView, after: Any, wanted: Wanted) -> bool:
    place, last = _place(point, wanted), tuple(after)
    return place < last if wanted.sort.startswith("-") else place > last


def _between(others: list[PointView], after: str | None, before: str | None) -> float:
    """Give the seconds half-way between a point and its neighbour."""
    names = [one.id for one in others]
    beside = after if before is None else before
    if beside not in names:
        raise NotFound("there is no such other point in this story to move beside")
    place = names.index(beside) + (before is None)
    if place == len(others):
        return others[-1].seconds + GAP_S
    low = others[place - 1].seconds if place else 0.0
    return (low + others[place].seconds) / 2.0
