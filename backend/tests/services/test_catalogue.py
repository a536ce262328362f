import random

import pytest

from app.errors import Forbidden, InputError, ParameterError, Unauthenticated
from app.services import catalogue, links, sharing, stars, universes
from app.services.conditions import at
from app.services.findable import describe

TITLES = [
    "Étude",
    "apple",
    "Zebra",
    "eclair",
    "Apple pie",
    "Ωmega",
    "9 lives",
    "étude",
    "b_c",
    "日本",
]


def listed(do, who, limit=100, **wanted):
    """List everything, page by page; no item may come twice or be left out."""
    found, cursor = [], None
    while True:
        page = do(catalogue.listing, who, limit=limit, cursor=cursor, **wanted)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


def titles(views):
    return [view.title for view in views]


@pytest.mark.databases
@pytest.mark.parametrize("sort", ["new", "recent", "title", "stars"])
def test_every_order_has_each_universe_once_however_it_is_cut(do, caller, universe, sort):
    ada, fans = caller("ada"), [caller(f"fan{n}") for n in range(3)]
    made = [universe(ada, title=title, visibility="public") for title in TITLES]
    shuffled = random.Random(1).sample(made, len(made))
    for place, one in enumerate(shuffled):
        do(universes.edit, ada, one.id, {"seed": place + 1})
        for fan in fans[: place % 4]:
            do(stars.star, fan, one.id)

    whole = listed(do, None, scope="public", sort=sort)
    cut = listed(do, None, scope="public", sort=sort, limit=3)

    def key(view):
        return {
            "new": -made.index(next(one for one in made if one.id == view.id)),
            "recent": -shuffled.index(next(one for one in shuffled if one.id == view.id)),
            "title": folded_title(view.title),
            "stars": -view.stars,
        }[sort]

    assert [one.id for one in cut] == [one.id for one in whole]
    assert {one.id for one in whole} == {one.id for one in made}
    assert [key(view) for view in whole] == sorted(key(view) for view in whole)


def folded_title(title):
    class Bare:
        title = None

    row = Bare()
    describe(row, {"title": title})
    return row.title_key


@pytest.mark.databases
def test_each_scope_has_what_belongs_there(do, known, universe):
    ada, eve = known("ada"), known("eve")
    private = universe(ada, title="private")
    public = universe(ada, title="public", visibility="public")
    unlisted = universe(ada, title="unlisted", visibility="unlisted")
    shared = universe(ada, title="shared")
    universe(eve, title="hers")
    do(sharing.invite, ada, shared.id, handle="eve", role="performer")
    pending = titles(listed(do, eve, scope="shared"))
    do(sharing.accept, eve, shared.id)
    for one in (public, unlisted, shared):
        do(stars.star, eve, one.id)
    do(universes.change, ada, unlisted.id, condition=at(1), visibility="private")
    do(universes.change, ada, public.id, condition=at(1), template=True)
    do(universes.change, ada, private.id, condition=at(1), template=True)

    assert titles(listed(do, ada, scope="own")) == ["shared", "unlisted", "public", "private"]
    assert pending == []
    assert [(v.title, v.role) for v in listed(do, eve, scope="shared")] == [("shared", "performer")]
    # What was starred and can no longer be seen is not there.
    assert titles(listed(do, eve, scope="starred")) == ["shared", "public"]
    assert titles(listed(do, None, scope="public")) == ["public"]
    assert titles(listed(do, None, scope="templates")) == ["public"]
    for scope in ("own", "shared", "starred"):
        with pytest.raises(Unauthenticated):
            do(catalogue.listing, None, scope=scope)


SEARCHES = [
    # words, tags, who is found
    ("pendulum", None, {"waves"}),
    ("PENDÚL", None, {"waves"}),
    ("wave pend", None, {"waves"}),
    ("waves gas", None, set()),
    ("snakes", None, {"waves"}),  # in the text
    ("physics", None, {"waves", "gas"}),  # a tag is a word, too
    (None, "physics", {"waves", "gas"}),
    (None, "Physics, heat", {"gas"}),
    (None, "phys", set()),  # but a tag is meant whole
    ("gas", "heat", {"gas"}),
    ("音楽", None, {"gas"}),
    ("楽", None, {"gas"}),
    ("pend%", None, {"waves"}),  # signs that mean something to LIKE mean nothing here
    ("p_nd", None, set()),
    ("ulum", None, set()),
    ("a'; DROP TABLE universes; --", None, set()),
]


@pytest.mark.databases
def test_words_and_tags_are_found_the_same_on_every_database(do, caller, universe):
    ada = caller()
    waves = {"title": "Pendulum waves", "about": "They drift into snakes, and are one again."}
    gas = {"title": "音楽 of a gas", "about": "heated"}
    universe(ada, document=waves, visibility="public", tags=["physics"])
    universe(ada, document=gas, visibility="public", tags=["Physics", "heat"])
    names = {"Pendulum waves": "waves", "音楽 of a gas": "gas"}

    for text, tags, found in SEARCHES:
        views = listed(do, None, scope="public", text=text, tags=tags, limit=1)
        assert {names[view.title] for view in views} == found, (text, tags)
    with pytest.raises(ParameterError):
        listed(do, None, scope="public", text="%")


@pytest.mark.databases
def test_what_a_universe_says_now_is_found_and_what_it_said_is_not(do, caller, universe):
    ada = caller()
    made = universe(ada, title="old words", visibility="public", tags=["one"])

    do(universes.edit, ada, made.id, {"title": "new words", "about": "quite another"})
    do(universes.change, ada, made.id, condition=at(2), tags=["two"])

    def found(**wanted):
        return bool(listed(do, None, scope="public", **wanted))

    assert [found(text=word) for word in ("new", "words", "quite", "two")] == [True] * 4
    assert [found(text="old"), found(text="one"), found(tags="one")] == [False] * 3
    do(universes.delete, ada, made.id, condition=at(3))
    assert not found(text="new")


def test_a_cursor_is_of_one_list_and_of_one_person(do, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    for who in (ada, ada, eve, eve):
        universe(who, title="same words", visibility="public")
    page = do(catalogue.listing, ada, scope="own", limit=1)
    others = [{"scope": "public"}, {"scope": "own", "sort": "title"}, {"scope": "own", "text": "a"}]

    assert do(catalogue.listing, ada, scope="own", limit=1, cursor=page.next_cursor).items
    for wanted in others:
        with pytest.raises(InputError):
            do(catalogue.listing, ada, cursor=page.next_cursor, **wanted)
    with pytest.raises(InputError):
        do(catalogue.listing, eve, scope="own", cursor=page.next_cursor)


def test_a_guests_seat_lists_nothing_of_its_own(works, do, caller, universe):
    ada = caller()
    made = universe(ada)
    view = do(links.create, ada, made.id, role="viewer", label="", guests=True, expires_in_s=60,
              uses_max=None)  # fmt: skip
    seat = do(links.enter, None, view.token, name="x")
    claim = works.tools.tokens.credentials(seat.token)

    assert listed(do, claim, scope="public") == []
    with pytest.raises(Forbidden):
        do(catalogue.listing, claim, scope="shared")


@pytest.mark.databases
@pytest.mark.parametrize(
    ("scope", "sort"),
    [*(("public", sort) for sort in ("new", "recent", "title", "stars")),
     ("starred", "new"), ("shared", "new"), ("shared", "title")],
)  # fmt: skip
def test_what_is_made_or_deleted_between_pages_moves_nothing_else(do, known, universe, sort, scope):
    ada, eve = known("ada"), known("eve")

    def make(title):
        one = universe(ada, title=title, visibility="public")
        do(stars.star, eve, one.id)
        do(sharing.invite, ada, one.id, handle="eve", role="viewer")
        do(sharing.accept, eve, one.id)
        return one.id

    made = [make(title) for title in TITLES[:7]]
    seen, cursor, gone = [], None, []
    while True:
        page = do(catalogue.listing, eve, scope=scope, sort=sort, limit=3, cursor=cursor)
        seen += [one.id for one in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
        # The very one the cursor names is deleted; others come in before and behind it.
        gone.append(page.items[-1].id)
        last = page.items[-1].document_rev
        do(universes.delete, ada, gone[-1], condition=at(last))
        if len(gone) < 2:
            make("0 comes first")
            make("Ωz comes last")

    assert len(seen) == len(set(seen))
    assert set(made) <= set(seen)
