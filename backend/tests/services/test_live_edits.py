from uuid import uuid4

import pytest

from app.errors import Forbidden, NotFound
from app.services import live_edits, universes
from app.services.work import SYSTEM


def edit(works, who, view, patch, op_id=None):
    facts = {"op_id": op_id or uuid4(), "gesture": None}
    return works.run(lambda work: live_edits.edit(work, view.id, patch, **facts), who)


@pytest.mark.databases
def test_an_edit_of_a_room_leaves_what_any_edit_leaves(works, caller, universe):
    ada = caller()
    one, other = (universe(ada, document={"seed": 1, "about": "moons"}) for _ in range(2))
    patch = {"seed": 2, "title": "Two", "about": "suns"}

    live = edit(works, ada, one, patch)
    plain = works.run(lambda work: universes.edit(work, other.id, patch), ada)
    seen, told = (
        works.run(lambda work, v=v: universes.read(work, v.id), ada) for v in (one, other)
    )

    assert (live.rev, live.patch, live.inverse) == (plain.rev, plain.patch, plain.inverse)
    for name in ("title", "about", "rev", "document_rev", "document", "sha256", "role"):
        assert getattr(seen, name) == getattr(told, name), name


@pytest.mark.databases
def test_an_operation_sent_again_changes_nothing(works, caller, universe):
    ada, op_id = caller(), uuid4()
    view = universe(ada, document={"seed": 1})

    first, again = (edit(works, ada, view, {"seed": 2}, op_id) for _ in range(2))

    assert (first.rev, again.rev, again.repeated) == (2, 2, True)


@pytest.mark.databases
def test_rights_are_asked_of_every_edit_of_a_room(works, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    private, public = universe(ada), universe(ada, visibility="public")
    shared = universe(ada, visibility="public", link_role="editor")

    for view, error in ((private, NotFound), (public, Forbidden)):
        with pytest.raises(error):
            edit(works, eve, view, {"seed": 2})
    assert edit(works, eve, shared, {"seed": 2}).rev == 2


@pytest.mark.databases
def test_edits_committed_together_are_each_done_or_refused_alone(works, caller, universe):
    ada, told = caller(), []
    views = [universe(ada, document={"seed": 1}) for _ in range(3)]
    works.listen(told.append)

    def act(view, patch):
        return lambda work: live_edits.edit(work, view.id, patch, op_id=uuid4(), gesture=None)

    patches = [{"seed": 2}, {"seed": -1}, {"seed": 3}, {"music": {"tempo": 90}}]
    asked = [
        (act(view, patch), ada) for view, patch in zip([*views, views[0]], patches, strict=True)
    ]
    found = works.together(asked)

    assert [getattr(one, "rev", type(one).__name__) for one in found] == [2, "DocumentError", 2, 3]
    assert [event.rev for event in told] == [2, 2, 3]
    assert works.run(lambda work: universes.read(work, views[1].id), SYSTEM).rev == 1
