"""Who may do what: every role against every act of sharing, finding, forking and talking.

An act is refused with 401 to who comes with nothing, 404 to who may not see the universe, and 403
to who sees it and may not: a guest is known by their seat, so 403. Whatever else comes back was
allowed: a stale revision, say.
"""

from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from app.crud import users

ROLES = ("viewer", "performer", "editor")
EVERYBODY = (
    "anonymous", "guest viewer", "guest performer", "stranger", "former", "asked",
    *ROLES, "deleted", "owner",
)  # fmt: skip
WITHOUT_ACCOUNT = EVERYBODY[:3]
STALE = {"headers": {"If-Match": '"0"'}}
# What an act asks for: to see, an account that sees, membership, or one of the roles.
ACTS = [
    ("GET", "", "see", {}),
    ("GET", "/events", "see", {}),
    ("GET", "/take?ticks=1", "see", {}),
    ("GET", "/performance", "see", {}),
    ("GET", "/lineage", "see", {}),
    ("GET", "/comments", "see", {}),
    ("GET", "/comments/{comment}", "see", {}),
    ("POST", "/fork", "account", {"json": {}}),
    ("PUT", "/star", "account", {}),
    ("DELETE", "/star", "account", {}),
    ("POST", "/comments", "account", {"json": {"text": "hm"}}),
    ("POST", "/comments", "account", {"json": {"text": "hm", "parent": "{comment}"}}),
    ("PATCH", "/comments/{comment}", "author", {"json": {"text": "other"}}),
    ("POST", "/comments/{comment}/resolve", "editor", {}),
    ("POST", "/comments/{comment}/reopen", "editor", {}),
    ("GET", "/members", "member", {}),
    ("PATCH", "", "editor", {"json": {"document": {"seed": 1}}, **STALE}),
    ("PATCH", "", "owner", {"json": {"visibility": "public"}, **STALE}),
    ("PATCH", "", "owner", {"json": {"licence": "CC0-1.0"}, **STALE}),
    ("PATCH", "", "owner", {"json": {"tags": ["a"], "template": True}, **STALE}),
    ("DELETE", "", "owner", STALE),
    ("POST", "/members", "owner", {"json": {"handle": "nobody-at-all", "role": "viewer"}}),
    ("PATCH", "/members/{member}", "owner", {"json": {"role": "viewer"}}),
    ("GET", "/links", "owner", {}),
    ("POST", "/links", "owner", {"json": {}}),
    ("DELETE", "/links/{link}", "owner", {}),
    ("POST", "/transfer", "owner", {"json": {"handle": "nobody-at-all"}}),
    ("DELETE", "/comments/{comment}", "owner", {}),
    ("DELETE", "/members/{member}", "owner", {}),
]
OPEN = {"see"}


class Cast:
    """A universe with somebody in every role, and what the acts name."""

    def __init__(self, person, works, client: FlaskClient, visibility: str) -> None:
        self.person, self.works, self.client = person, works, client
        self.owner = self.named("owner")
        made = self.owner("POST", "universes", json={"visibility": visibility})
        self.path = f"universes/{made.json['id']}"
        self.people = {"owner": self.owner, "stranger": self.named("stranger")}
        for role in (*ROLES, "former", "deleted", "spare", "asked"):
            self.people[role] = self.let_in(role)
        spare = self.user_id("spare")
        assert (
            self.owner("DELETE", f"{self.path}/members/{self.user_id('former')}").status_code == 204
        )
        self.names = {"member": spare, "comment": self.comment(), "link": self.link("viewer")[0]}
        self.guests = {f"guest {role}": self.seat(role) for role in ROLES[:2]}
        body = {"password": "correct horse battery", "delete_universes": True}
        gone = self.people["deleted"]("POST", "auth/me/deletion", json=body)
        assert gone.status_code in (200, 202, 204), gone.text

    def named(self, name):
        made = self.person(f"{name}{uuid4().hex[:6]}")
        made.handle = f"h{uuid4().hex[:10]}"

        def keep(work):
            users.find(work.session, UUID(made.id)).handle = made.handle

        self.works.run(keep)
        return made

    def let_in(self, role):
        somebody = self.named(role)
        given = role if role in ROLES else "editor"
        body = {"handle": somebody.handle, "role": given}
        assert self.owner("POST", f"{self.path}/members", json=body).status_code == 201
        if role != "asked":
            where = f"invitations/{self.path.split('/')[1]}/accept"
            assert somebody("POST", where).status_code == 200
        return somebody

    def user_id(self, role):
        return self.people[role].id

    def comment(self):
        return self.owner("POST", f"{self.path}/comments", json={"text": "top"}).json["id"]

    def link(self, role):
        body = {"role": role, "guests": True, "expires_in_s": 600}
        made = self.owner("POST", f"{self.path}/links", json=body).json
        return made["id"], made["token"]

    def seat(self, role):
        body = {"token": self.link(role)[1], "name": "Kepler"}
        return self.client.post("/api/v1/links/enter", json=body).json["token"]

    def ask(self, who, method, rest, more):
        told = {**more, "json": self.put_in(more["json"])} if "json" in more else more
        where = self.path + rest.format(**self.names)
        if who in self.people:
            return self.people[who](method, where, **told)
        headers = dict(told.get("headers", {}))
        if who in self.guests:
            headers["Authorization"] = f"Bearer {self.guests[who]}"
        told = {**told, "headers": headers}
        return self.client.open(f"/api/v1/{where}", method=method, **told)

    def put_in(self, body):
        return {k: v.format(**self.names) if isinstance(v, str) else v for k, v in body.items()}


def expected(who, needed, visibility):
    """Say with what an act is refused; None where it is allowed."""
    if who == "deleted":
        return 401
    if who in WITHOUT_ACCOUNT and needed not in OPEN:
        return 401 if who == "anonymous" else 403
    inside = who in (*ROLES, "owner") or who.startswith("guest")
    if not inside and visibility == "private":
        return 404
    allowed = {
        "see": True,
        "account": True,
        "member": who in (*ROLES, "owner"),
        "author": who == "owner",  # who wrote the comment the acts are about
        "editor": who in ("editor", "owner"),
        "owner": who == "owner",
    }[needed]
    return None if allowed else 403


@pytest.mark.databases
@pytest.mark.parametrize("visibility", ["private", "public"])
def test_every_role_may_do_exactly_what_the_table_says(person, works, client, visibility):
    cast, wrong = Cast(person, works, client, visibility), []
    for method, rest, needed, more in ACTS:
        for who in EVERYBODY:
            reply = cast.ask(who, method, rest, more)
            found = reply.status_code if reply.status_code in (401, 403, 404) else None
            if found != expected(who, needed, visibility) or reply.status_code >= 500:
                wrong.append(
                    (who, method, rest, reply.status_code, expected(who, needed, visibility))
                )

    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.databases
def test_a_seat_that_has_ended_is_nobody_again(person, works, client):
    cast = Cast(person, works, client, "private")
    link, secret = cast.link("performer")
    body = {"token": secret, "name": "Kepler"}
    seat = client.post("/api/v1/links/enter", json=body).json["token"]

    def ask(method, where, **more):
        headers = {"Authorization": f"Bearer {seat}", "If-Match": "*"}
        return client.open(f"/api/v1/{where}", method=method, headers=headers, **more)

    asked = [
        ("PATCH", cast.path, {"json": {"title": "x"}}),
        ("GET", "auth/me", {}),
        ("GET", "universes?scope=own", {}),
    ]
    before = [ask(method, where, **more) for method, where, more in asked]
    cast.owner("DELETE", f"{cast.path}/links/{link}")
    after = [ask(method, where, **more) for method, where, more in asked]

    told = {(one.status_code, one.json["code"]) for one in before}
    assert told == {(403, "account_needed")}
    assert {(one.status_code, one.json["code"]) for one in after} == {(401, "link_ended")}


def test_only_who_was_asked_answers(person, works, client):
    cast = Cast(person, works, client, "public")
    where = f"invitations/{cast.path.split('/')[1]}"
    for who in ("stranger", "former", "viewer", "owner"):
        for answer in ("accept", "decline"):
            assert cast.people[who]("POST", f"{where}/{answer}").status_code == 404, who

    assert cast.people["asked"]("POST", f"{where}/accept").status_code == 200
    assert cast.people["asked"]("GET", cast.path).json["role"] == "editor"


def test_what_hangs_on_one_universe_is_not_reached_through_another(person, works, client):
    cast = Cast(person, works, client, "private")
    other = cast.owner("POST", "universes", json={}).json["id"]
    names = cast.names
    for method, rest, more in [
        ("GET", f"/comments/{names['comment']}", {}),
        ("PATCH", f"/comments/{names['comment']}", {"json": {"text": "x"}}),
        ("DELETE", f"/comments/{names['comment']}", {}),
        ("POST", "/comments", {"json": {"text": "x", "parent": names["comment"]}}),
        ("DELETE", f"/links/{names['link']}", {}),
        ("PATCH", f"/members/{names['member']}", {"json": {"role": "viewer"}}),
        ("DELETE", f"/members/{names['member']}", {}),
    ]:
        reply = cast.owner(method, f"universes/{other}{rest}", **more)
        assert reply.status_code == 404, (method, rest, reply.text)
