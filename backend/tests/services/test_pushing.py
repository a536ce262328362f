from uuid import uuid4

import pytest

from app.errors import Forbidden, InputError
from app.services import pushing, sharing, universes

WORLD = {
    "bodies": {
        "a": {"position": [0, 1, 0]},
        "star": {"fixed": True, "mass": 1},
        "moon": {"orbit": {"about": "star", "period": 2}},
    },
    "series": {"s": {"n": 2, "position": [1, 0, 0]}},
}
PUSH = {"a": {"velocity": [0, 3, 0]}, "s-1": {"position": [1, 1, 0]}}


@pytest.mark.databases
def test_a_push_is_an_event_of_the_journal_and_no_change_of_the_document(do, known, universe):
    ada, eve = known("ada"), known("eve")
    made = universe(ada, document=WORLD)
    do(sharing.invite, ada, made.id, handle="eve", role="performer")
    do(sharing.accept, eve, made.id)
    op_id = uuid4()

    event = do(pushing.push, eve, made.id, PUSH, op_id=op_id, gesture="drag")
    again = do(pushing.push, eve, made.id, PUSH, op_id=op_id)
    after = do(universes.read, ada, made.id)

    assert (event.kind, event.patch, event.rev) == ("journal", {"push": PUSH}, 4)
    assert (again.rev, again.repeated) == (4, True)
    assert (after.rev, after.document_rev, after.document) == (4, 1, made.document)
    with pytest.raises(Forbidden):
        do(universes.edit, eve, made.id, {"seed": 1})


@pytest.mark.databases
def test_pushes_wait_for_their_tick_like_edits_and_in_their_order(services, do, caller, universe):
    ada = caller()
    made = universe(ada, document=WORLD)
    state = services.rooms.open(made.id)
    do(universes.edit, ada, made.id, {"seed": 2})
    do(pushing.push, ada, made.id, PUSH)
    do(universes.edit, ada, made.id, {"seed": 3})

    waiting = services.rooms.open(made.id).pending
    services.rooms.journal(state.journal_id, services.rooms.open(made.id).fence, 30, [2, 3, 4])

    assert [(rev, dict(patch)) for rev, patch in waiting] == [
        (2, {"seed": 2}), (3, {"push": PUSH}), (4, {"seed": 3}),
    ]  # fmt: skip
    entries = services.rooms.open(made.id).entries
    assert [(tick, rev) for tick, rev, _ in entries] == [(30, 2), (30, 3), (30, 4)]


@pytest.mark.parametrize(
    ("pushes", "path"),
    [
        ({"b": {"velocity": [0, 0, 0]}}, "$.pushes.b"),
        ({"star": {"velocity": [0, 0, 0]}}, "$.pushes.star"),
        ({"moon": {"position": [0, 0, 0]}}, "$.pushes.moon"),
        ({"a": {"mass": 3}}, "$.pushes.a"),
        ({"a": {"velocity": [0, 0]}}, "$.pushes.a.velocity"),
        ({}, "$.pushes"),
    ],
)
def test_what_cannot_be_pushed_is_told_and_nothing_happens(do, caller, universe, pushes, path):
    ada = caller()
    made = universe(ada, document=WORLD)
    with pytest.raises(InputError) as refused:
        do(pushing.push, ada, made.id, pushes)

    assert [one.path for one in refused.value.problems] == [path]
    assert do(universes.read, ada, made.id).rev == 1
