import json

import pytest

from app.errors import DocumentError
from app.models import Universe
from app.services import examples, history
from app.services.work import SYSTEM


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "examples"
    made.mkdir()
    for name in ("gas", "waves"):
        (made / f"{name}.json").write_text(json.dumps({"title": name.title(), "seed": 1}))
    return made


def planted(works):
    with works.begin(SYSTEM) as work:
        return {one.example: one for one in work.session.query(Universe)}


def test_examples_are_planted_once_for_everybody_to_see(works, folder, client):
    assert examples.plant(works, folder) == ("gas", "waves")
    assert examples.plant(works, folder) == ()

    items = client.application.test_client().get("/api/v1/universes?scope=public").json["items"]
    assert {item["example"] for item in items} == {"gas", "waves"}
    assert {item["owner"] for item in items} == {None}


def test_templates_are_planted_to_begin_with(works, folder, client, person):
    (folder / "templates").mkdir()
    (folder / "templates" / "ball.json").write_text('{"title": "Ball"}')

    assert examples.plant(works, folder) == ("gas", "waves", "ball")

    [item] = client.get("/api/v1/universes?scope=templates").json["items"]
    made = person()("POST", "universes", json={"template": item["id"], "title": "Mine"}).json
    assert (item["example"], item["template"]) == ("ball", True)
    assert (made["title"], made["parent"], made["template"]) == ("Mine", item["id"], False)


def test_a_changed_file_changes_its_universe_and_keeps_its_name(works, folder):
    examples.plant(works, folder)
    before = planted(works)["gas"]
    (folder / "gas.json").write_text(json.dumps({"title": "Gas", "about": "warm"}))

    assert examples.plant(works, folder) == ("gas",)

    after = planted(works)["gas"]
    assert (after.id, after.rev, after.document) == (before.id, 2, '{"about":"warm","title":"Gas"}')
    events = works.run(lambda work: history.since(work, after.id, 1), SYSTEM)
    assert events[0].patch == {"about": "warm", "seed": None}
    assert events[0].inverse == {"about": None, "seed": 1}


def test_an_example_the_grammar_has_left_behind_is_renewed(works, folder):
    examples.plant(works, folder)
    with works.begin(SYSTEM) as work:
        old = work.session.query(Universe).filter_by(example="gas").one()
        old.document, old.sha256 = '{"dimensions":7,"title":"Gas"}', "0" * 64

    assert examples.plant(works, folder) == ("gas",)
    assert planted(works)["gas"].document == '{"seed":1,"title":"Gas"}'


def test_a_file_that_is_no_universe_stops_the_start(works, folder):
    (folder / "wrong.json").write_text('{"seed": "x"}')

    with pytest.raises(DocumentError):
        examples.plant(works, folder)


def test_nobody_may_change_an_example_and_everybody_may_copy_it(works, folder, person):
    examples.plant(works, folder)
    made = planted(works)["gas"]
    ada = person()

    change = ada(
        "PATCH", f"universes/{made.id}", json={"title": "Mine"}, headers={"If-Match": '"1"'}
    )
    copy = ada("POST", f"universes/{made.id}/fork")

    assert change.status_code == 403
    assert (copy.status_code, copy.json["role"], copy.json["example"]) == (201, "owner", None)


def test_the_examples_of_the_house_are_universes(works, settings):
    assert {"trappist-1", "pendulum-waves", "polyrhythm", "figure-eight", "gas"} <= set(
        examples.plant(works, settings.examples)
    )
