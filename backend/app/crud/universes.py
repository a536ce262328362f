"""How universes are found and kept."""

from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session, defer, joinedload

from app.models import Base, Universe
from app.models.line import Line, Prepared
from app.utils import clock

_WITH_OWNER = select(Universe).options(joinedload(Universe.owner))
_BY_ID = _WITH_OWNER.where(Universe.id == bindparam("id"))
_FOR_EDIT = _BY_ID.with_for_update(of=Universe).execution_options(populate_existing=True)
_BY_EXAMPLE = select(Universe).where(Universe.example == bindparam("slug")).with_for_update()
_EXAMPLE_ID = select(Universe.id).where(Universe.example == bindparam("slug"))
_BRIEF = _BY_ID.options(defer(Universe.document, raiseload=True))
_COUNT_STARS = (
    update(Universe)
    .where(Universe.id == bindparam("id_"))
    .values(stars=Universe.stars + bindparam("more"), updated_at=Universe.updated_at)
    .execution_options(synchronize_session=False)
)
# All of a row that an edit needs; not the text, which it leaves to `write_text`.
_EDITED = (
    "id", "owner_id", "example", "visibility", "link_role", "title", "title_key", "about", "tags",
    "sha256", "grammar", "rev", "document_rev", "changes", "written_changes", "epoch",
)  # fmt: skip
_CHANGED = (
    "title", "title_key", "about", "sha256", "grammar", "rev", "document_rev", "changes",
)  # fmt: skip
# Prepared, and on a straight line: what makes a row of a statement costs more than the statement.
_row, _member, _event = (
    Base.metadata.tables[name] for name in ("universes", "members", "universe_events")
)
_REPEATED = select(_event.c.rev).where(
    _event.c.universe_id == bindparam("id"), _event.c.op_id == bindparam("op_id")
)
_LIGHT = Prepared(
    select(
        *(_row.c[name] for name in _EDITED),
        _member.c.role.label("member_role"),
        _REPEATED.scalar_subquery().label("repeated_rev"),
    )
    .select_from(
        _row.outerjoin(
            _member,
            (_member.c.universe_id == _row.c.id) & (_member.c.user_id == bindparam("user_id")),
        )
    )
    .where(_row.c.id == bindparam("id"))
    .with_for_update(of=_row)
)
_SAVE_LIGHT = Prepared(
    update(_row)
    .where(_row.c.id == bindparam("id_"))
    .values({name: bindparam(f"{name}_") for name in (*_CHANGED, "updated_at")})
)
_TEXT = select(Universe.document).where(Universe.id == bindparam("id"))
_COUNT = (
    select(func.count()).select_from(Universe).where(Universe.owner_id == bindparam("owner_id"))
)


def find(session: Session, universe_id: UUID) -> Universe | None:
    """Find a universe with its owner."""
    return session.scalars(_BY_ID, {"id": universe_id}).one_or_none()


def find_for_edit(session: Session, universe_id: UUID) -> Universe | None:
    """Find a universe and keep everyone else from changing it until the commit."""
    return session.scalars(_FOR_EDIT, {"id": universe_id}).one_or_none()


class Light(NamedTuple):
    """A universe as an edit needs it, and what the same statement read of who edits."""

    universe: Any  # has a `Universe`'s columns but for its text
    member: str | None
    repeated: bool  # the operation has become an event before


def find_light(line: Line, universe_id: UUID, user_id: UUID | None, op_id: UUID) -> Light | None:
    """Find a universe for editing, with all an edit asks first, at a fraction of a row's cost.

    It belongs to no session: `save_light` keeps what a change of its document changes.
    """
    found = line.one(_LIGHT, {"id": universe_id, "user_id": user_id, "op_id": op_id})
    if found is None:
        return None
    *row, member, repeated = found
    # A row's attributes would each be watched; these are only read and, a few of them, set.
    universe = SimpleNamespace(document=None, **dict(zip(_EDITED, row, strict=True)))
    return Light(universe, member, repeated is not None)


def save_light(line: Line, universe: Any) -> None:
    """Keep what a change of its document has changed of a universe that was found light."""
    values = {f"{name}_": getattr(universe, name) for name in _CHANGED}
    line.do(_SAVE_LIGHT, values | {"id_": universe.id, "updated_at_": clock.now()})


def find_text(session: Session, universe_id: UUID) -> str:
    """Find the text of a universe's document as it was written last."""
    return session.scalars(_TEXT, {"id": universe_id}).one()


def find_example(session: Session, slug: str) -> Universe | None:
    """Find the universe planted from an example file."""
    return session.scalars(_BY_EXAMPLE, {"slug": slug}).one_or_none()


def find_example_id(session: Session, slug: str) -> UUID | None:
    """Find which universe an example is."""
    return session.scalar(_EXAMPLE_ID, {"slug": slug})


def find_brief(session: Session, universe_id: UUID) -> Universe | None:
    """Find a universe with its owner, without its document."""
    return session.scalars(_BRIEF, {"id": universe_id}).one_or_none()


def count_stars(session: Session, universe_id: UUID, more: int) -> None:
    """Count a star more or less; when the universe was changed last stays as it was."""
    session.execute(_COUNT_STARS, {"id_": universe_id, "more": more})


def count_own(session: Session, owner_id: UUID) -> int:
    """Count somebody's universes."""
    return session.scalar(_COUNT, {"owner_id": owner_id}) or 0


def keep(session: Session, universe: Universe) -> Universe:
    """Keep a new universe; the caller commits."""
    session.add(universe)
    session.flush()
    return universe


def write_text(session: Session, universe: Universe, text: str) -> None:
    """Write the text of a document that was changed before: this is no change of its own."""
    written = {"document": text, "written_changes": universe.changes}
    session.execute(
        update(Universe)
        .where(Universe.id == universe.id)
        .values(**written, updated_at=Universe.updated_at)
    )


def drop(session: Session, universe: Universe) -> None:
    """Delete a universe; the database takes everything that hangs on it along."""
    session.delete(universe)
    session.flush()
