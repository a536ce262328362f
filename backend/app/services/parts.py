"""The parts of a universe, each read and changed by itself; all of them views of one document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.document import Document
from app.core.parameters import PARAMETERS, Parameter
from app.crud import universes
from app.errors import InputError, NotFound
from app.models import Universe
from app.services import access, texts
from app.services.conditions import Condition
from app.services.universes import apply
from app.services.work import Work
from app.utils import strict_json

# The mappings are all that makes notes out of motion; the other parts are sections of their name.
MAPPINGS = ("mapping", "rules", "voices")
TABLED = ("physics", "music", "visual")  # parts whose parameters are in the table


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a universe as it is written, at the revision of the document it is from."""

    document_rev: int
    value: Any

    @property
    def text(self) -> str:
        """Return it as canonical JSON."""
        return strict_json.canonical(self.value)


@dataclass(frozen=True, slots=True)
class SettingView:
    """A parameter and what it is in one universe."""

    parameter: Parameter
    value: Any
    said: bool  # the document says so itself; else it is the default of its world


@dataclass(frozen=True, slots=True)
class SettingsView:
    """Parameters of one universe, at the revision of the document they are from."""

    document_rev: int
    items: tuple[SettingView, ...]


def read(work: Work, universe_id: UUID, part: str, *, filled: bool = False) -> PartView:
    """Read a part; `filled` gives every parameter of it, defaults and all."""
    universe, document = seen(work, universe_id)
    if filled and part in TABLED:
        return PartView(universe.document_rev, _filled(document, part))
    return PartView(universe.document_rev, _part(document.data, part))


def change(
    work: Work,
    universe_id: UUID,
    part: str,
    patch: Mapping[str, Any],
    *,
    condition: Condition,
) -> PartView:
    """Change a part by merge patch at the revision the caller has seen."""
    universe = editable(work, universe_id, condition)
    if part == "mappings":
        strange = patch.keys() - set(MAPPINGS)
        if strange:
            raise InputError(f"{min(strange)} is no mapping; there are {', '.join(MAPPINGS)}")
        apply(work, universe, patch)
    else:
        apply(work, universe, {part: patch})
    return PartView(universe.document_rev, _part(texts.current(work, universe).data, part))


def entry(work: Work, universe_id: UUID, section: str, name: str) -> PartView:
    """Read one body, or one point of the story."""
    universe, document = seen(work, universe_id)
    return PartView(universe.document_rev, find_entry(document, section, name))


def change_entry(
    work: Work,
    universe_id: UUID,
    section: str,
    name: str,
    patch: Mapping[str, Any],
    *,
    condition: Condition,
) -> PartView:
    """Change one body or point of the story, which is there, by merge patch."""
    universe = editable(work, universe_id, condition)
    find_entry(texts.current(work, universe), section, name)
    apply(work, universe, {section: {name: patch}})
    return PartView(universe.document_rev, find_entry(texts.current(work, universe), section, name))


def put_entry(
    work: Work,
    universe_id: UUID,
    section: str,
    name: str,
    value: Mapping[str, Any],
    *,
    condition: Condition,
) -> PartView:
    """Make one body or point of the story what it is to be, whether it was there or not."""
    universe = _held(work, universe_id)
    before = texts.current(work, universe).data.get(section, {}).get(name)
    condition.require(universe.document_rev, there=before is not None, creates=True)
    apply(work, universe, {section: {name: _replacing(before or {}, value)}})
    return PartView(universe.document_rev, find_entry(texts.current(work, universe), section, name))


def remove_entry(
    work: Work, universe_id: UUID, section: str, name: str, *, condition: Condition
) -> None:
    """Take one body or point of the story away."""
    universe = editable(work, universe_id, condition)
    find_entry(texts.current(work, universe), section, name)
    apply(work, universe, {section: {name: None}})


def settings(work: Work, universe_id: UUID, *, part: str | None = None) -> SettingsView:
    """Tell what every parameter is in a universe."""
    universe, document = seen(work, universe_id)
    chosen = [row for row in PARAMETERS.values() if part in (None, row.path.split(".")[0])]
    return SettingsView(universe.document_rev, tuple(_setting(document, row) for row in chosen))


def reset(work: Work, universe_id: UUID, path: str, *, condition: Condition) -> SettingsView:
    """Give a parameter its default back: the document says nothing about it any more."""
    universe = editable(work, universe_id, condition)
    if path not in PARAMETERS:
        raise NotFound("there is no such parameter; GET /api/v1/parameters lists them")
    document = texts.current(work, universe)
    patch = _forgetting(document.data, path.split("."))
    if patch:
        apply(work, universe, patch)
        document = texts.current(work, universe)
    return SettingsView(universe.document_rev, (_setting(document, PARAMETERS[path]),))


def seen(work: Work, universe_id: UUID) -> tuple[Universe, Document]:
    """Return a universe the caller may see, and its document."""
    universe = access.require_viewer(universes.find(work.session, universe_id), work.caller)
    return universe, texts.current(work, universe)


def editable(work: Work, universe_id: UUID, condition: Condition) -> Universe:
    """Return a universe the caller may change, who has seen its newest revision."""
    universe = _held(work, universe_id)
    condition.require(universe.document_rev)
    return universe


def _held(work: Work, universe_id: UUID) -> Universe:
    universe = universes.find_for_edit(work.session, universe_id)
    return access.require_editor(universe, work.caller)


def find_entry(document: Document, section: str, name: str) -> Any:
    """Return one entry of a section. Raises NotFound."""
    found = document.data.get(section, {}).get(name)
    if found is None:
        raise NotFound(f"there is nothing of that name in {section}")
    return found


def _part(data: Mapping[str, Any], part: str) -> Any:
    if part == "mappings":
        return {name: data[name] for name in MAPPINGS if name in data}
    return data.get(part, {})


def _filled(document: Document, part: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in PARAMETERS:
        first, *steps, last = path.split(".")
        here = found
        for step in steps if first == part else ():
            here = here.setdefault(step, {})
        if first == part:
            here[last] = _plain(document.value(path))
    return found


def _setting(document: Document, row: Parameter) -> SettingView:
    said = _forgetting(document.data, row.path.split(".")) is not None
    return SettingView(row, _plain(document.value(row.path)), said)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _forgetting(data: Any, steps: list[str]) -> dict[str, Any] | None:
    """Give the patch that removes a member, and with it objects that were only there for it."""
    first, *rest = steps
    if not isinstance(data, Mapping) or first not in data:
        return None
    if not rest:
        return {first: None}
    inner = _forgetting(data[first], rest)
    if inner is None:
        return None
    return {first: None} if len(data[first]) == 1 and inner[rest[0]] is None else {first: inner}


def _replacing(before: Any, after: Any) -> Any:
    """Give the merge patch that leaves exactly `after`, nulls for what is to go."""
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return after
    gone = dict.fromkeys(before.keys() - after.keys())
    return {**{key: _replacing(before.get(key), one) for key, one in after.items()}, **gone}
