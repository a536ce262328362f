from concurrent.futures import ThreadPoolExecutor

import pytest

ITEMS = ("id", "title", "owner", "visibility", "link_role", "rev", "role", "example", "document")


def made(ada, **body):
    reply = ada("POST", "universes", json=body)
    assert reply.status_code == 201, reply.text
    return reply.json


def changed(ada, universe, tag, **body):
    path = f"universes/{universe['id']}"
    return ada("PATCH", path, json=body, headers={"If-Match": f'"{tag}"'})


@pytest.mark.databases
def test_a_universe_is_made_read_changed_and_deleted(person):
    ada = person()
    universe = made(ada, title="Mine", document={"seed": 7})
    path = f"universes/{universe['id']}"

    read = ada("GET", path)
    change = changed(ada, universe, 1, document={"music": {"tempo": 90}}, title="Ours")
    gone = ada("DELETE", path, headers={"If-Match": change.headers["ETag"]})

    assert set(ITEMS) <= set(read.json)
    assert (read.headers["ETag"][:3], read.json["role"]) == ('"1-', "owner")
    assert change.json["document"] == {"seed": 7, "title": "Ours", "music": {"tempo": 90}}
    assert change.headers["ETag"].startswith('"2-')
    assert (gone.status_code, ada("GET", path).status_code) == (204, 404)


def test_the_document_goes_out_as_the_text_that_is_stored(person):
    ada = person()
    universe = made(ada, document={"title": "Zero", "physics": {"gravity": [0, -0.1, 1e-7]}})

    text = ada("GET", f"universes/{universe['id']}").text

    assert '"document":{"physics":{"gravity":[0,-0.1,1e-7]},"title":"Zero"}' in text


@pytest.mark.databases
def test_a_change_must_name_the_newest_revision(person):
    ada = person()
    universe = made(ada)
    path, body = f"universes/{universe['id']}", {"title": "Other"}

    none = ada("PATCH", path, json=body)
    changed(ada, universe, 1, **body)
    stale = [changed(ada, universe, tag, **body) for tag in (1, 3, 0, "x", "1,2")]
    weak = ada("PATCH", path, json=body, headers={"If-Match": 'W/"2"'})

    assert (none.status_code, none.json["code"]) == (428, "revision_required")
    assert {(reply.status_code, reply.json["rev"]) for reply in [*stale, weak]} == {(412, 2)}
    assert ada("DELETE", path).status_code == 428
    assert ada("DELETE", path, headers={"If-Match": '"1"'}).status_code == 412
    assert ada("GET", path).json["rev"] == 2


def test_a_reader_who_has_the_newest_is_told_so(person):
    ada = person()
    universe = made(ada)
    path = f"universes/{universe['id']}"

    tag = ada("GET", path).headers["ETag"]
    same = ada("GET", path, headers={"If-None-Match": tag})
    other = ada("GET", path, headers={"If-None-Match": '"0"'})
    odd = ada("GET", path, headers={"If-Match": '"0"'})

    assert (same.status_code, same.data) == (304, b"")
    assert other.status_code == 200
    assert odd.status_code == 200  # a condition for changes says nothing about reading


@pytest.mark.databases
def test_sixteen_clients_that_read_change_and_write_lose_no_update(person):
    ada = person()
    universe = made(ada, document={"seed": 0})
    path = f"universes/{universe['id']}"

    def increment(_):
        while True:
            read = ada("GET", path)
            body = {"document": {"seed": read.json["document"]["seed"] + 1}}
            tag = read.headers["ETag"]
            if ada("PATCH", path, json=body, headers={"If-Match": tag}).status_code == 200:
                return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(increment, range(24)))

    assert ada("GET", path).json["document"]["seed"] == 24


@pytest.mark.databases
def test_what_is_not_yours_is_not_there(person, client):
    ada, eve = person("ada"), person("eve")
    universe = made(ada)
    path = f"universes/{universe['id']}"
    nothing = "universes/00000000-0000-7000-8000-000000000000"
    tries = [
        ("GET", "", {}),
        ("PATCH", "", {"json": {"title": "x"}, "headers": {"If-Match": '"1"'}}),
        ("DELETE", "", {"headers": {"If-Match": '"1"'}}),
        ("POST", "/fork", {}),
        ("GET", "/events", {}),
        ("GET", "/take", {}),
    ]

    for method, rest, more in tries:
        hidden, absent = eve(method, path + rest, **more), eve(method, nothing + rest, **more)
        assert hidden.status_code == absent.status_code == 404, (method, rest)
        assert hidden.json["detail"] == absent.json["detail"]
    render = {"json": {"universe_id": universe["id"], "seconds": 1}}
    assert eve("POST", "audio/renders", **render).status_code == 404
    assert client.get(f"/api/v1/{path}").status_code == 404
    assert ada("GET", path).json["rev"] == 1


ROLES = [
    # visibility, link_role, guest reads, stranger reads, stranger edits, stranger shares
    ("private", "viewer", 404, 404, 404, 404),
    ("private", "editor", 404, 404, 404, 404),
    ("unlisted", "viewer", 200, 200, 403, 403),
    ("unlisted", "editor", 200, 200, 200, 403),
    ("public", "viewer", 200, 200, 403, 403),
    ("public", "editor", 200, 200, 200, 403),
]


@pytest.mark.parametrize(("visibility", "link_role", "guest", "reads", "edits", "shares"), ROLES)
def test_who_may_what(person, client, visibility, link_role, guest, reads, edits, shares):
    ada, eve = person("ada"), person("eve")
    universe = made(ada, visibility=visibility, link_role=link_role)
    path = f"universes/{universe['id']}"

    assert client.get(f"/api/v1/{path}").status_code == guest
    assert eve("GET", path).status_code == reads
    assert changed(eve, universe, 1, visibility="public").status_code == shares
    assert changed(eve, universe, 1, document={"seed": 3}).status_code == edits
    assert eve("DELETE", path, headers={"If-Match": '"1"'}).status_code == shares
    assert changed(ada, universe, 2 if edits == 200 else 1, visibility="private").status_code == 200
    assert eve("GET", path).status_code == 404


def test_a_guest_is_asked_to_sign_in(person, client):
    universe = made(person(), visibility="public", link_role="editor")

    for method, path in [("post", "universes"), ("get", "universes"), ("post", "audio/renders")]:
        reply = getattr(client, method)(f"/api/v1/{path}", json={} if method == "post" else None)
        assert (reply.status_code, reply.json["code"]) == (401, "unauthenticated"), path
    reply = client.patch(f"/api/v1/universes/{universe['id']}", json={"title": "x"})
    assert reply.status_code == 401


@pytest.mark.databases
def test_lists_are_paged_without_gap_or_repetition(person):
    ada, eve = person("ada"), person("eve")
    own = [made(ada, title=f"number {number}")["id"] for number in range(5)]
    made(eve)
    found, path = [], "universes?limit=2"
    while path:
        reply = ada("GET", path)
        found += [item["id"] for item in reply.json["items"]]
        assert "document" not in reply.json["items"][0]
        link = reply.headers.get("Link")
        assert (link is None) == (reply.json["next_cursor"] is None)
        path = link and link.split("/api/v1/")[1].split(">")[0]

    assert found == own[::-1]


def test_a_cursor_counts_only_for_the_list_that_gave_it(person):
    ada = person()
    for _ in range(3):
        made(ada, visibility="public")
    cursor = ada("GET", "universes?limit=1").json["next_cursor"]

    assert ada("GET", f"universes?limit=1&cursor={cursor}").status_code == 200
    for wrong in (f"scope=public&cursor={cursor}", f"cursor={cursor}x", "cursor=x", "cursor=a.b"):
        reply = ada("GET", f"universes?{wrong}")
        assert (reply.status_code, reply.json["code"]) == (422, "invalid_cursor"), wrong


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=1_0", "limit=%EF%BC%91", "limit=-1", "limit=",
              "limit=1&limit=2", "size=3", "scope=theirs", "limit=" + "9" * 30]
)  # fmt: skip
def test_a_query_is_taken_strictly(person, query):
    assert person()("GET", f"universes?{query}").status_code == 422


def test_everybody_sees_the_public_ones(person, client):
    ada = person()
    made(ada)
    made(ada, visibility="unlisted")
    shown = made(ada, visibility="public")

    items = client.get("/api/v1/universes?scope=public").json["items"]

    assert [(item["id"], item["role"]) for item in items] == [(shown["id"], "viewer")]


@pytest.mark.databases
def test_a_copy_is_ones_own_and_private_and_made_once_for_a_key(person):
    ada, eve = person("ada"), person("eve")
    source = made(ada, visibility="public", title="Mine")
    other = made(ada, visibility="public")
    path, once = f"universes/{source['id']}/fork", {"Idempotency-Key": "k-1"}

    first, again = (eve("POST", path, headers=once) for _ in range(2))
    misused = eve("POST", f"universes/{other['id']}/fork", headers=once)
    ada_too = ada("POST", path, headers=once)
    plain = eve("POST", path)

    assert first.status_code == 201
    assert (first.json["visibility"], first.json["role"]) == ("private", "owner")
    assert first.json["document"] == source["document"]
    assert again.json["id"] == first.json["id"]
    assert (misused.status_code, misused.json["code"]) == (422, "idempotency_key_reused")
    assert len({first.json["id"], ada_too.json["id"], plain.json["id"]}) == 3


@pytest.mark.databases
def test_every_change_is_in_the_log_with_its_author_and_what_takes_it_back(person):
    ada = person()
    universe = made(ada, document={"music": {"tempo": 90}})
    changed(ada, universe, 1, document={"music": {"tempo": 120, "key": "D"}})
    changed(ada, universe, 2, visibility="public")

    events = ada("GET", f"universes/{universe['id']}/events").json["items"]

    assert [(one["rev"], one["kind"]) for one in events] == [
        (3, "access"),
        (2, "document"),
        (1, "document"),
    ]
    assert events[1]["patch"] == {"music": {"tempo": 120, "key": "D"}}
    assert events[1]["inverse"] == {"music": {"tempo": 90, "key": None}}
    assert events[1]["actor"] == {"kind": "user", "id": ada.id, "display_name": "ada"}
    assert events[0]["data"]["after"] == {"visibility": "public"}


def test_a_refused_change_leaves_no_trace(person):
    ada = person()
    universe = made(ada, document={"seed": 1})

    reply = changed(ada, universe, 1, document={"seed": "x"}, visibility="public")

    assert reply.status_code == 422
    after = ada("GET", f"universes/{universe['id']}").json
    assert (after["rev"], after["visibility"], after["document"]["seed"]) == (1, "private", 1)


def test_null_takes_a_part_away_and_cannot_stand_for_a_setting(person):
    ada = person()
    universe = made(ada, document={"seed": 1, "about": "x"})

    reply = changed(ada, universe, 1, document={"about": None})

    assert reply.json["document"] == {"seed": 1}
    assert changed(ada, universe, 2, visibility=None).status_code == 422
