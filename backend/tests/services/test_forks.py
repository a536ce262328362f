import pytest

from app.errors import Forbidden, NotFound, ParameterError, Unauthenticated
from app.services import forks, universes
from app.services.conditions import at
from app.services.forks import Wishes
from app.services.licences import LICENCES


@pytest.mark.databases
def test_a_fork_is_ones_own_and_says_what_it_was_made_from(do, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    first = universe(ada, document={"title": "First", "seed": 7}, visibility="public", tags=["a"])

    second = do(forks.fork, eve, first.id, Wishes(title="Second", visibility="unlisted"))
    third = do(forks.fork, ada, second.id)

    assert (second.parent, second.owner.display_name, second.role) == (first.id, "eve", "owner")
    assert (second.title, second.tags, second.rev, second.visibility) == (
        "Second", ("a",), 1, "unlisted",
    )  # fmt: skip
    assert '"seed":7' in second.document
    line = do(forks.lineage, ada, third.id)
    assert [(one.id, one.title, one.owner.display_name) for one in line] == [
        (second.id, "Second", "eve"),
        (first.id, "First", "ada"),
    ]
    assert do(forks.lineage, ada, first.id) == ()


@pytest.mark.databases
def test_ancestors_one_may_not_see_are_told_as_such_and_deleted_ones_end_the_line(
    do, caller, universe
):
    ada, eve = caller("ada"), caller("eve")
    first = universe(ada, visibility="public")
    second = do(forks.fork, eve, first.id)
    do(universes.change, ada, first.id, condition=at(1), visibility="private")

    [hidden] = do(forks.lineage, eve, second.id)
    do(universes.delete, ada, first.id, condition=at(2))

    assert (hidden.id, hidden.title, hidden.owner) == (None, None, None)
    assert hidden.licence == "CC-BY-4.0"
    assert do(forks.lineage, eve, second.id) == ()
    assert do(universes.read, eve, second.id).parent is None


@pytest.mark.parametrize("licence", sorted(LICENCES))
def test_every_licence_is_obeyed(do, caller, universe, licence):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada, visibility="public", licence=licence)
    allowed = {"CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"}

    assert do(forks.fork, ada, made.id).licence == licence  # one's own may always be copied
    if licence not in allowed:
        with pytest.raises(Forbidden, match="lets nobody but the owner") as refused:
            do(forks.fork, eve, made.id)
        assert refused.value.code == "licence_forbids"
        return
    copy = do(forks.fork, eve, made.id)
    assert copy.licence == licence
    for other in LICENCES:
        rev = do(universes.read, eve, copy.id).document_rev
        if other == licence or other in LICENCES[licence].heirs:
            fresh = do(forks.fork, eve, made.id)
            do(universes.change, eve, fresh.id, condition=at(1), licence=other)
        else:
            with pytest.raises(ParameterError, match="may go on under"):
                do(universes.change, eve, copy.id, condition=at(rev), licence=other)


def test_share_alike_stays_share_alike_down_the_line(do, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada, visibility="public", licence="CC-BY-SA-4.0")
    second = do(forks.fork, eve, made.id, Wishes(visibility="public"))
    third = do(forks.fork, ada, second.id)

    with pytest.raises(ParameterError):
        do(universes.change, ada, third.id, condition=at(1), licence="CC0-1.0")


def test_what_cannot_be_seen_cannot_be_forked_and_guests_have_nowhere_to_keep_it(
    do, caller, universe
):
    ada, eve = caller("ada"), caller("eve")
    with pytest.raises(NotFound):
        do(forks.fork, eve, universe(ada).id)
    with pytest.raises(Unauthenticated):
        do(forks.fork, None, universe(ada, visibility="public").id)
