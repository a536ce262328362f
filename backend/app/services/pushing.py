"""Pushes: a performer moves bodies of the performance; the document stays as it is."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from app.core.document.authored import authored
from app.core.document.groups import all_ids
from app.core.document.pushes import PUSH, problems_of
from app.crud import universes
from app.errors import InputError, Problem
from app.services import access, history, texts
from app.services.views import EventView
from app.services.work import Work

HELD = ("fixed", "orbit", "rod")


def push(
    work: Work,
    universe_id: UUID,
    pushes: Mapping[str, Mapping[str, Any]],
    *,
    op_id: UUID | None = None,
    gesture: str | None = None,
) -> EventView:
    """Give bodies another velocity or place; a journal event, which the performer gives its tick.

    An operation sent again returns the event it became the first time.
    """
    universe = access.require_performer(
        universes.find_for_edit(work.session, universe_id), work.caller
    )
    repeated = history.find_repeated(work, universe, op_id)
    if repeated:
        return repeated
    found = [*problems_of(pushes, "$.pushes")]
    found = found or [*_unpushable(texts.current(work, universe).data, pushes)]
    if found:
        raise InputError("this pushes what cannot be pushed so", problems=found)
    return history.record(
        work, universe, "journal", op_id=op_id, gesture=gesture, patch={PUSH: dict(pushes)}
    )


def _unpushable(data: Mapping[str, Any], pushes: Mapping[str, Any]) -> Iterator[Problem]:
    there, said = set(all_ids(data)), authored(data)
    for name in pushes:
        if name not in there:
            yield Problem(f"$.pushes.{name}", "there is no such body")
            continue
        holds = [word for word in HELD if name in said and said[name].said.get(word)]
        if holds:
            yield Problem(f"$.pushes.{name}", f"is held by its {holds[0]}; free bodies are pushed")
