from concurrent.futures import ThreadPoolExecutor

import pytest

from app.errors import NotFound, Unauthenticated
from app.services import stars, universes


@pytest.mark.databases
def test_stars_are_counted_once_each(do, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada, visibility="public")

    counts = [do(stars.star, who, made.id).stars for who in (ada, eve, eve)]
    fewer = do(stars.unstar, eve, made.id)
    again = do(stars.unstar, eve, made.id)

    assert counts == [1, 2, 2]
    assert (fewer, again) == (stars.StarView(1, False), stars.StarView(1, False))
    seen = do(universes.read, ada, made.id)
    assert (seen.stars, seen.starred) == (1, True)
    assert not do(universes.read, eve, made.id).starred


@pytest.mark.databases
def test_many_who_like_at_once_are_all_counted(do, caller, universe):
    people = [caller(f"p{n}") for n in range(8)]
    made = universe(people[0], visibility="public")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda who: do(stars.star, who, made.id), people))

    assert do(universes.read, None, made.id).stars == 8


def test_a_star_changes_neither_the_document_nor_when_it_was_changed(do, caller, universe):
    ada = caller()
    made = universe(ada)
    do(stars.star, ada, made.id)
    seen = do(universes.read, ada, made.id)

    assert (seen.rev, seen.document_rev, seen.updated_at) == (
        made.rev, made.document_rev, made.updated_at,
    )  # fmt: skip


def test_what_is_not_seen_is_not_liked(do, caller, universe):
    made = universe(caller("ada"))
    with pytest.raises(NotFound):
        do(stars.star, caller("eve"), made.id)
    with pytest.raises(Unauthenticated):
        do(stars.star, None, made.id)
