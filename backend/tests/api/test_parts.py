"""Parts, story, history and undo over HTTP: conditions, keys and what is told."""

import pytest


@pytest.fixture
def made(person):
    ada = person()
    body = {"document": {"music": {"tempo": 90}, "story": {"end": {"at": 5}}}}
    body |= {"visibility": "public", "link_role": "editor"}
    reply = ada("POST", "universes", json=body)
    return ada, f"universes/{reply.json['id']}", reply.headers["ETag"]


def test_who_sees_something_else_has_another_tag(made, person, client):
    ada, path, _ = made

    own, others, guests = (
        one.headers["ETag"]
        for one in (ada("GET", path), person("ben")("GET", path), client.get(f"/api/v1/{path}"))
    )
    stale = client.get(f"/api/v1/{path}", headers={"If-None-Match": own})

    assert len({own, others, guests}) == 3
    assert {one.partition("-")[0] for one in (own, others, guests)} == {'"1'}
    assert (stale.status_code, stale.json["role"]) == (200, "viewer")


@pytest.mark.parametrize("tag", ["own", "guests", '"1"'])
def test_a_change_minds_the_revision_of_a_tag_and_not_who_was_told(made, client, tag):
    ada, path, own = made
    tags = {"own": own, "guests": client.get(f"/api/v1/{path}").headers["ETag"]}

    changed = ada("PATCH", f"{path}/music", json={"tempo": 80}, headers={"If-Match": tags.get(tag, tag)})  # fmt: skip

    assert (changed.status_code, changed.json) == (200, {"tempo": 80})
    assert changed.headers["ETag"] == ada("GET", f"{path}/music").headers["ETag"]


CHANGES = [
    ("PATCH", "physics", {"elasticity": 1}),
    ("PATCH", "music", {"tempo": 80}),
    ("PATCH", "visual", {"glow": 0.1}),
    ("PATCH", "mappings", {"voices": {"v": {"like": "pad"}}}),
    ("PATCH", "bodies", {"a": {}}),
    ("PUT", "bodies/a", {"mass": 1}),
    ("PATCH", "story", {"end": {"at": 6}}),
    ("PATCH", "story/end", {"at": 6}),
    ("PUT", "story/end", {"at": 6}),
    ("POST", "story/end/move", {"at": 6}),
    ("DELETE", "story/end", None),
    ("DELETE", "parameters/music.tempo", None),
    ("POST", "history/1/restore", None),
]


@pytest.mark.databases
def test_every_change_of_a_part_names_the_newest_revision(made):
    ada, path, tag = made
    for method, part, body in CHANGES:
        where = f"{path}/{part}"
        found = [
            ada(method, where, json=body, headers=headers)
            for headers in ({}, {"If-Match": '"0"'}, {"If-Match": f"W/{tag}"})
        ]
        assert [one.status_code for one in found] == [428, 412, 412], part
        assert {one.json.get("rev") for one in found} == {None, 1}

    assert ada("GET", path).json["rev"] == 1


def test_a_reader_of_a_part_who_has_it_is_told_so(made):
    ada, path, _ = made
    tag = ada("GET", f"{path}/music").headers["ETag"]

    assert ada("GET", f"{path}/music", headers={"If-None-Match": tag}).status_code == 304
    ada("PATCH", f"{path}/music", json={"tempo": 70}, headers={"If-Match": tag})
    assert ada("GET", f"{path}/music", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.databases
@pytest.mark.parametrize(
    ("act", "code"), [("undo", "nothing_to_undo"), ("redo", "nothing_to_redo")]
)
def test_an_undo_is_done_once_for_each_key(made, act, code):
    ada, path, tag = made
    ada("PATCH", f"{path}/music", json={"tempo": 80}, headers={"If-Match": tag})
    if act == "redo":
        ada("POST", f"{path}/undo")

    first, again = (ada("POST", f"{path}/{act}", headers={"Idempotency-Key": "k"}) for _ in "12")
    refused = ada("POST", f"{path}/{act}", headers={"Idempotency-Key": "other"})

    assert first.status_code == again.status_code == 200
    assert (first.json, first.headers["ETag"]) == (again.json, again.headers["ETag"])
    assert (refused.status_code, refused.json["code"]) == (409, code)


WRONG = [
    ("GET", "history?since=yesterday", 422),
    ("GET", "history?since=2026-11-23T12:00:00", 422),
    ("GET", "history?author=x", 422),
    ("GET", "history?act=hack", 422),
    ("GET", "history?cursor=x", 422),
    ("GET", "history/compare?from=1", 422),
    ("GET", "history/compare?from=1&to=99", 404),
    ("GET", "history/99", 404),
    ("GET", f"history/{2**70}", 404),
    ("GET", "story?sort=-harmony", 422),
    ("GET", "story?harmony_low=2", 422),
    ("GET", "story?harmony_low=nan", 422),
    ("GET", "story/none", 404),
    ("GET", "bodies/none", 404),
    ("GET", "music?filled=yes", 422),
    ("DELETE", "parameters/music.tmpo", 404),
    ("DELETE", "bodies/none", 404),
]


@pytest.mark.databases
@pytest.mark.parametrize(("method", "part", "status"), WRONG)
def test_what_cannot_be_asked_is_refused(made, method, part, status):
    ada, path, tag = made

    reply = ada(method, f"{path}/{part}", headers={"If-Match": tag})

    assert reply.status_code == status, reply.text


@pytest.mark.parametrize("body", [[], "x", 1, {"tempo": 999}, {"tempo": {"a": 1}}, {"x": 1}])
def test_a_patch_that_cannot_be_is_told_where(made, body):
    ada, path, tag = made

    reply = ada("PATCH", f"{path}/music", json=body, headers={"If-Match": tag})

    assert reply.status_code == 422
    assert reply.json["problems"]
    assert ada("GET", f"{path}/music").json == {"tempo": 90}


def test_the_table_of_parameters_is_filtered(client):
    def paths(**query):
        reply = client.get("/api/v1/parameters", query_string=query)
        return [one["path"] for one in reply.json["items"]]

    assert set(paths(part="music")) < set(paths())
    assert paths(text="TEMPO", kind="number") == ["music.tempo"]
    assert "physics.medium" not in paths(live="true")
    assert client.get("/api/v1/parameters?part=x").status_code == 422
