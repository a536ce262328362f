"""Universes that an older grammar took and today's refuses."""

import json
import sqlite3

import pytest

OLD = {"music": {"tempo": 999}, "seed": 1}


@pytest.mark.parametrize("mode", ["room", "solo"])
def test_a_room_of_what_is_outdated_says_what_is_wrong_and_opens_once_mended(
    server, person, listen, mode
):
    universe = person.universe({"seed": 1})
    store = sqlite3.connect(server.data / "mundi.sqlite")
    with store:
        facts = json.dumps(OLD), universe.replace("-", "").ljust(64, "0"), universe.replace("-", "")
        sql = "UPDATE universes SET document = ?, sha256 = ?, grammar = 'older' WHERE id = ?"
        assert store.execute(sql, facts).rowcount == 1
    store.close()

    with listen(universe, person=person, mode=mode, welcomed=False) as ear:
        error = ear.until("error")
        code = ear.until_closed()
    read = person("GET", f"universes/{universe}")
    patch = {"document": {"music": {"tempo": 99}}}
    tag = {"If-Match": read.headers["ETag"]}
    mended = person("PATCH", f"universes/{universe}", json=patch, headers=tag)

    assert (code, error["code"]) == (4422, "unplayable_document")
    assert "PATCH" in error["message"]
    assert error["problems"] == read.json()["problems"]
    assert [one["path"] for one in read.json()["problems"]] == ["$.music.tempo"]
    assert mended.status_code == 200, mended.text
    with listen(universe, person=person, mode=mode) as ear:
        assert ear.told("welcome")["document"]["music"] == {"tempo": 99}
