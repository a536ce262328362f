"""How the words a universe is found by are kept in step with what it says."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.models import Universe, UniverseWord


def renew(session: Session, universe: Universe, words: Collection[str]) -> None:
    """Have a universe found by these words and by no others."""
    mine = UniverseWord.universe_id == universe.id
    kept = set(session.scalars(select(UniverseWord.word).where(mine)))
    gone = kept.difference(words)
    if gone:
        session.execute(delete(UniverseWord).where(mine, UniverseWord.word.in_(gone)))
    fresh = [{"word": word, "universe_id": universe.id} for word in words if word not in kept]
    if fresh:
        session.execute(insert(UniverseWord), fresh)
