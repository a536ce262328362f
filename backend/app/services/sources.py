"""What a universe can be made from: nothing, a document, a take, an example or a template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.document import Document, judge
from app.errors import DocumentError, NotFound, Problem, SyntaxFault
from app.services import access, forks, licences, universes
from app.services.views import UniverseView
from app.services.work import Work
from app.utils import strict_json

TAKE = 1


@dataclass(frozen=True, slots=True)
class Source:
    """Where the document comes from; at most one of these is given."""

    document: Mapping[str, Any] | None = None
    take: Mapping[str, Any] | None = None
    example: str | None = None
    template: UUID | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the universe is to be like."""

    title: str | None = None
    visibility: str = "private"
    link_role: str = "viewer"
    licence: str | None = None
    tags: tuple[str, ...] = ()


def create(work: Work, source: Source, wishes: Wishes, *, key: str | None = None) -> UniverseView:
    """Make a universe from whatever was given, or an empty one."""
    _ = work.caller.required_id
    if source.example is None and source.template is None:
        document = source.document if source.take is None else end_of(source.take)
        return universes.create(
            work,
            document=document,
            title=wishes.title,
            visibility=wishes.visibility,
            link_role=wishes.link_role,
            licence=wishes.licence or licences.DEFAULT,
            tags=wishes.tags,
        )
    like = forks.Wishes(wishes.title, wishes.visibility, wishes.link_role)
    if source.example is not None:
        made = forks.fork_example(work, source.example, like)
    else:
        assert source.template is not None, "one of the two is given"
        made = forks.fork(work, _template(work, source.template), like)
    return universes.settle(work, made.id, licence=wishes.licence, tags=wishes.tags or None)


def read(work: Work, file: bytes, wishes: Wishes) -> UniverseView:
    """Make a universe from a file: a document, or a take, whose edits are all obeyed."""
    try:
        value = strict_json.decode(file, bytes_max=universes.FILE_BYTES_MAX)
    except strict_json.Malformed as fault:
        raise SyntaxFault(str(fault)) from None
    if isinstance(value, Mapping) and "take" in value:
        return create(work, Source(take=value), wishes)
    return create(work, Source(document=judge(value).data), wishes)


def end_of(take: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the document a take ends with; what is no take is refused, each fault named."""
    faults = [*_faults(take)]
    if faults:
        raise DocumentError("this is no take of ours", problems=faults)
    document = _judged(take["universe"], "$.universe")
    if "seed" in take:
        document = document.patched({"seed": take["seed"]})
    for place, entry in enumerate(take.get("journal", ())):
        document = _obeyed(document, entry["patch"], f"$.journal[{place}].patch")
    return document.data


def _template(work: Work, universe_id: UUID) -> UUID:
    found = access.require_viewer(universes.row(work, universe_id), work.caller)
    if not found.template:
        raise NotFound("there is no such template; GET /api/v1/universes?scope=templates has them")
    return universe_id


def _judged(value: Any, path: str) -> Document:
    try:
        return judge(value)
    except DocumentError as fault:
        raise _elsewhere(fault, path) from None


def _obeyed(document: Document, patch: Mapping[str, Any], path: str) -> Document:
    # A push moves bodies of the performance; the document does not know of it.
    if "push" in patch:
        return document
    try:
        return document.patched(patch)
    except DocumentError as fault:
        raise _elsewhere(fault, path) from None


def _elsewhere(fault: DocumentError, path: str) -> DocumentError:
    problems = [Problem(path + one.path.removeprefix("$"), one.message) for one in fault.problems]
    return DocumentError(fault.message, problems=problems)


def _faults(take: Mapping[str, Any]) -> list[Problem]:
    found = []
    if take.get("take") != TAKE:
        found.append(Problem("$.take", f"{TAKE} is the format there is"))
    if not isinstance(take.get("universe"), Mapping):
        found.append(Problem("$.universe", "must be a universe"))
    journal = take.get("journal", [])
    if not isinstance(journal, list):
        return [*found, Problem("$.journal", "must be a list of edits")]
    for place, entry in enumerate(journal):
        if not (isinstance(entry, Mapping) and isinstance(entry.get("patch"), Mapping)):
            found.append(Problem(f"$.journal[{place}]", "must be {tick, rev, patch}"))
    return found
