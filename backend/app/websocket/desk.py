"""What a person may do in a room, read from the database at each act."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from app.services import access, catalogue, history, keys, live_edits, pushing, undo, universes
from app.services.rooms import seed_of
from app.services.tokens import Proof
from app.services.undo import UndoView
from app.services.views import EventView, UniverseView
from app.services.work import Caller, Who, Work, Works
from app.websocket.bell import Bell
from app.websocket.clerk import Clerk

Result = TypeVar("Result")
READERS = 4


class Desk:
    """The services as a connection uses them: one writer, few readers, never in the loop."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self.bell = Bell()
        self._clerk = Clerk(works, self.bell)
        self._readers = ThreadPoolExecutor(READERS, "look")

    def claims(self, token: str | None) -> Proof:
        """Read a token or an API key; None is somebody without. Raises Unauthenticated."""
        return None if token is None else self._works.tools.tokens.credentials(token)

    async def look(self, universe: UUID, claims: Proof) -> UniverseView:
        """Read a universe with what the person is to it. Raises NotFound, Unauthenticated.

        A key that may only read sits there as a viewer; one that may not even do that, Forbidden.
        """
        return await self._read(claims, lambda work: _seen(work, universe))

    async def seed(self, view: UniverseView) -> int:
        """Tell with which seed a universe is performed."""
        documents = self._works.tools.documents
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, lambda: seed_of(documents.of(view.document, view.sha256))
        )

    async def caller(self, claims: Proof) -> Caller:
        """Tell who somebody is: their name, and the seat of a guest."""
        return await self._read(claims, lambda work: work.caller)

    async def since(self, universe: UUID, rev: int, who: Who) -> tuple[EventView, ...]:
        """Read what was committed after a revision."""
        return await self._read(who, lambda work: history.since(work, universe, rev))

    async def edit(
        self,
        universe: UUID,
        claims: Proof,
        patch: Mapping[str, Any],
        *,
        op_id: UUID,
        gesture: str | None,
    ) -> EventView:
        """Commit a change of the document; those who listen hear of it by themselves."""

        def act(work: Work) -> EventView:
            work.caller.require_scope(keys.WRITE)
            return live_edits.edit(work, universe, patch, op_id=op_id, gesture=gesture)

        return await self._clerk.commit(universe, act, claims)

    async def turn(self, universe: UUID, claims: Proof, act: str, *, op_id: UUID) -> UndoView:
        """Undo or redo a person's own last gesture; those who listen hear of it by themselves."""
        turn = undo.undo if act == "undo" else undo.redo

        def done(work: Work) -> UndoView:
            work.caller.require_scope(keys.WRITE)
            return turn(work, universe, op_id=op_id)

        return await self._clerk.commit(universe, done, claims)

    async def push(
        self,
        universe: UUID,
        claims: Proof,
        pushes: Mapping[str, Mapping[str, Any]],
        *,
        op_id: UUID,
        gesture: str | None,
    ) -> EventView:
        """Commit a push; those who listen hear of it by themselves."""

        def act(work: Work) -> EventView:
            work.caller.require_scope(keys.WRITE)
            return pushing.push(work, universe, pushes, op_id=op_id, gesture=gesture)

        return await self._clerk.commit(universe, act, claims)

    async def ready(self) -> None:
        """Raise Unavailable when the database does not answer."""
        await self._read(None, lambda work: catalogue.listing(work, scope="public", limit=1))

    def close(self) -> None:
        """Let the threads end."""
        self._clerk.close()
        self._readers.shutdown(wait=False)

    async def _read(self, who: Who, act: Callable[[Work], Result]) -> Result:
        def run() -> Result:
            return self._works.run(act, who, write=False)

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)


def _seen(work: Work, universe: UUID) -> UniverseView:
    work.caller.require_scope(keys.READ)
    view = universes.read(work, universe)
    return view if work.caller.has_scope(keys.WRITE) else replace(view, role=access.VIEWER)
