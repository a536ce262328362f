"""How a list is narrowed to what has every word and tag, be they rare or on everything.

A rare one is looked up, and what has it is sorted. Where all are common the list is walked in its own
order, and each universe asked for its words: a page is soon full. Postgres knows how common a word is
and takes the better way by itself; for SQLite, which does not, we count.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app.models import Universe, UniverseWord
from app.utils.search_words import LONGEST

LAST = "\U0010ffff"  # no word goes on with a sign behind this one
# To look up and sort so many takes as long as to walk to a page of what so many in 100,000 have.
FEW = 1_000
NOWHERE = -1
_AFTER = bindparam("after0", type_=Uuid())


class Terms(NamedTuple):
    """How many words and tags are looked for."""

    words: int
    tags: int


def values_of(words: Sequence[str], tags: Sequence[str]) -> dict[str, Any]:
    """Return the parameters by which statements know words and tags."""
    values: dict[str, Any] = {f"tag{place}": f"#{tag}" for place, tag in enumerate(tags)}
    for place, word in enumerate(words):
        cut = word[:LONGEST]
        values |= {f"word{place}": cut, f"last{place}": cut + LAST}
    return values


def rarest(session: Session, terms: Terms, values: Mapping[str, Any]) -> int | None:
    """Tell SQLite which term few have; None if all are common, NOWHERE if none has one of them."""
    if not any(terms) or session.get_bind().dialect.name != "sqlite":
        return None
    counts = session.execute(_counts(terms), values).one()
    least = min(counts)
    if least > FEW:
        return None
    return counts.index(least) if least else NOWHERE


def found(terms: Terms, rare: int | None, *, beyond: bool) -> list[ColumnElement[bool]]:
    """Return what a universe has to fulfil, going from the rare term if one is."""
    asked = _asked(terms)
    if beyond:
        # Said of the words too: a merge of both by key would read all there are before this place.
        asked = [and_(one, UniverseWord.universe_id < _AFTER) for one in asked]
    return [_looked_up(one) if place == rare else _probed(one) for place, one in enumerate(asked)]


@lru_cache(maxsize=256)
def _counts(terms: Terms) -> Select[Any]:
    most = [select(UniverseWord.word).where(one).limit(FEW + 1) for one in _asked(terms)]
    return select(
        *(select(func.count()).select_from(one.subquery()).scalar_subquery() for one in most)
    )


def _asked(terms: Terms) -> list[ColumnElement[bool]]:
    words = [
        and_(UniverseWord.word >= bindparam(f"word{n}"), UniverseWord.word < bindparam(f"last{n}"))
        for n in range(terms.words)
    ]
    return words + [UniverseWord.word == bindparam(f"tag{n}") for n in range(terms.tags)]


def _looked_up(asked: ColumnElement[bool]) -> ColumnElement[bool]:
    return Universe.id.in_(select(UniverseWord.universe_id).where(asked))


def _probed(asked: ColumnElement[bool]) -> ColumnElement[bool]:
    mine = UniverseWord.universe_id == Universe.id
    return select(UniverseWord.word).where(mine, asked).correlate(Universe).exists()
