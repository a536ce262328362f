import json
from uuid import uuid4

import pytest

from app.core.document import judge
from app.crud import universes as rows
from app.errors import DocumentError
from app.services import live_edits, texts, universes
from app.services.documents import Documents
from app.services.work import SYSTEM


def row(work, view):
    return rows.find(work.session, view.id)


def edit(works, who, view, patch, **more):
    act = live_edits.edit if more.pop("lazily", False) else universes.edit
    facts = {"op_id": uuid4(), "gesture": None} | more
    return works.run(lambda work: act(work, view.id, patch, **facts), who)


def forget(works):
    """Be another process, which has used no document yet."""
    object.__setattr__(works.tools, "documents", Documents())


@pytest.mark.databases
def test_a_text_written_late_is_read_as_if_it_had_been_written(works, caller, universe):
    ada = caller()
    view = universe(ada, document={"bodies": {"a": {"x": 1}}})
    for place in range(130):
        edit(works, ada, view, {"bodies": {"a": {"x": place / 3}}}, lazily=True)

    written = works.run(lambda work: row(work, view).document, SYSTEM)
    forget(works)
    read = works.run(lambda work: universes.read(work, view.id), ada)

    assert json.loads(written)["bodies"] == {"a": {"x": 1}}
    assert json.loads(read.document)["bodies"] == {"a": {"x": 43}}
    assert read.document == judge(json.loads(read.document)).text


@pytest.mark.databases
def test_catching_up_writes_the_text_that_was_read_before(works, caller, universe):
    ada = caller()
    view = universe(ada, document={"seed": 1})
    edit(works, ada, view, {"seed": 2}, lazily=True)
    before = works.run(lambda work: universes.read(work, view.id), ada)

    works.run(lambda work: live_edits.catch_up(work, view.id), SYSTEM)
    forget(works)
    found = works.run(lambda work: row(work, view), SYSTEM)

    assert (found.document, found.sha256) == (before.document, before.sha256)
    assert found.written_changes == found.changes == 2
    assert works.run(lambda work: universes.read(work, view.id), ada) == before


def test_an_edit_written_at_once_after_a_lazy_one_holds_both(works, caller, universe):
    ada = caller()
    view = universe(ada, document={"seed": 1})
    edit(works, ada, view, {"music": {"tempo": 90}}, lazily=True)
    edit(works, ada, view, {"seed": 2})

    forget(works)
    found = works.run(lambda work: texts.current(work, row(work, view)), SYSTEM)

    assert found.data == {"title": "Untitled", "seed": 2, "music": {"tempo": 90}} or found.data == {
        "seed": 2,
        "music": {"tempo": 90},
    }
    assert works.run(lambda work: row(work, view).document, SYSTEM) == found.text


def outdated(works, view, document):
    """Store a document that some older grammar took."""

    def put(work):
        universe = row(work, view)
        universe.document, universe.sha256 = json.dumps(document), "0" * 64
        universe.grammar = "an-older-one"

    works.run(put, SYSTEM)
    forget(works)


def test_what_a_newer_grammar_refuses_is_read_and_says_what_is_wrong(works, caller, universe):
    ada = caller()
    view = universe(ada, document={"seed": 1})
    outdated(works, view, {"music": {"tempo": 999}, "seed": 1})

    read = works.run(lambda work: universes.read(work, view.id), ada)

    assert [one.path for one in read.problems] == ["$.music.tempo"]
    assert json.loads(read.document)["music"] == {"tempo": 999}


def test_what_a_newer_grammar_refuses_is_mended_by_a_patch_and_by_no_other(works, caller, universe):
    ada = caller()
    view = universe(ada, document={"seed": 1})
    outdated(works, view, {"music": {"tempo": 999}, "seed": 1})

    with pytest.raises(DocumentError):
        edit(works, ada, view, {"seed": 2})
    edit(works, ada, view, {"music": {"tempo": 99}})
    read = works.run(lambda work: universes.read(work, view.id), ada)

    assert read.problems == ()
    assert json.loads(read.document) == {"music": {"tempo": 99}, "seed": 1}


def test_what_an_older_grammar_took_and_this_one_takes_has_no_problems(works, caller, universe):
    ada = caller()
    view = universe(ada, document={"seed": 1})
    outdated(works, view, {"seed": 3})

    assert works.run(lambda work: universes.read(work, view.id), ada).problems == ()
