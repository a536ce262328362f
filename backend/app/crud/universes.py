"""How universes are found and kept."""

from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, func, select, update
from sqlalchemy.orm import Session, defer, joinedload

from app.models import Universe

_WITH_OWNER = select(Universe).options(joinedload(Universe.owner))
_BY_ID = _WITH_OWNER.where(Universe.id == bindparam("id"))
_FOR_EDIT = _BY_ID.with_for_update(of=Universe).execution_options(populate_existing=True)
_BY_EXAMPLE = select(Universe).where(Universe.example == bindparam("slug")).with_for_update()
_BRIEF = (
    _WITH_OWNER.options(defer(Universe.document, raiseload=True))
    .order_by(Universe.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_OWN = _BRIEF.where(Universe.owner_id == bindparam("owner_id"))
_PUBLIC = _BRIEF.where(Universe.visibility == "public")
_BEFORE = Universe.id < bindparam("before")
_OWN_BEFORE = _OWN.where(_BEFORE)
_PUBLIC_BEFORE = _PUBLIC.where(_BEFORE)
_COUNT = (
    select(func.count()).select_from(Universe).where(Universe.owner_id == bindparam("owner_id"))
)

Page = Select[Universe]


def find(session: Session, universe_id: UUID) -> Universe | None:
    """Find a universe with its owner."""
    return session.scalars(_BY_ID, {"id": universe_id}).one_or_none()


def find_for_edit(session: Session, universe_id: UUID) -> Universe | None:
    """Find a universe and keep everyone else from changing it until the commit."""
    return session.scalars(_FOR_EDIT, {"id": universe_id}).one_or_none()


def find_example(session: Session, slug: str) -> Universe | None:
    """Find the universe planted from an example file."""
    return session.scalars(_BY_EXAMPLE, {"slug": slug}).one_or_none()


def list_own(
    session: Session, owner_id: UUID, *, before: UUID | None, limit: int
) -> list[Universe]:
    """List somebody's universes, the newest first, without their documents."""
    statement = _OWN if before is None else _OWN_BEFORE
    return _page(session, statement, owner_id=owner_id, before=before, limit=limit)


def list_public(session: Session, *, before: UUID | None, limit: int) -> list[Universe]:
    """List the universes everybody may see, the newest first, without their documents."""
    statement = _PUBLIC if before is None else _PUBLIC_BEFORE
    return _page(session, statement, before=before, limit=limit)


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


def _page(session: Session, statement: Page, **values: object) -> list[Universe]:
    return list(session.scalars(statement, values))
