"""Every operation, tried by everybody, on a universe that is private and on one that is public.

What should come of it follows from what OpenAPI says one has to be (`x-role`), so an operation that
is added without saying so, or whose service decides otherwise, fails here.
"""

import copy
import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from makers import World, png
from sqlalchemy import delete, select
from test_examples import media, put_in, tagged

from app.crud import members, universes
from app.models import Guest, Member, ShareLink, Universe
from app.services.work import SYSTEM

PASSWORD = "correct horse battery"
RANK = {None: 0, "viewer": 1, "performer": 2, "editor": 3, "owner": 4}
# What somebody is to a private universe; the deleted come with a token that was good once.
CALLERS = {
    "anonymous": None,
    "guest": "performer",  # without an account, by a share link
    "deleted": None,
    "stranger": None,
    "former": None,
    "viewer": "viewer",
    "performer": "performer",
    "editor": "editor",
    "owner": "owner",
}


@dataclass
class Town:
    """Everybody there is, and the application they share."""

    person: object
    works: object
    people: dict
    spec: dict

    def world(self) -> World:
        """Begin a world of the owner's, in which nothing has been made yet."""
        world = World.__new__(World)
        world.person, world.works = self.person, self.works
        world.name, world.ada, world.known = "owner", self.people["owner"], {}
        return world

    def revisions(self) -> list[tuple]:
        """Return where every universe stands."""
        return self.works.run(
            lambda work: sorted(work.session.execute(select(Universe.id, Universe.rev)).all())
        )

    def member(self, work, universe, name: str, role: str) -> Member:
        user_id = UUID(self.people[name].id)
        return Member(universe_id=universe.id, user_id=user_id, role=role, created_at=work.now)

    def seat(self, work, universe) -> None:
        """Give the guest, who has one token for all, their seat in this universe."""
        work.session.execute(delete(Guest))
        until = work.now + timedelta(hours=1)
        facts = {"guests": True, "uses": 1, "label": "", "expires_at": until}
        link = ShareLink(universe_id=universe.id, role="performer", hash=uuid4().hex, **facts)
        work.session.add(link)
        work.session.flush()
        mark = work.tools.tokens.guest_claim(self.people["guest"].token).hash
        work.session.add(Guest(link_id=link.id, name="Kepler", hash=mark))

    def settle(self, universe_id: str, visibility: str) -> None:
        """Let the members in, and show the universe to whom it is to be shown."""

        def act(work) -> None:
            universe = universes.find_for_edit(work.session, UUID(universe_id))
            if universe is None or universe.owner_id != UUID(self.people["owner"].id):
                return
            universe.visibility = visibility
            for name in ("viewer", "performer", "editor"):
                members.keep(work.session, self.member(work, universe, name, role=name))
            former = self.member(work, universe, "former", role="editor")
            members.keep(work.session, former)
            members.drop(work.session, former)
            self.seat(work, universe)

        self.works.run(act, SYSTEM)


@pytest.fixture
def town(person, works, client) -> Town:
    people = {name: person(name) for name in CALLERS if name not in ("anonymous", "guest")}
    gone = people["deleted"](
        "POST", "auth/me/deletion", json={"password": PASSWORD, "confirm": True}
    )
    if gone.status_code >= 300:
        gone = people["deleted"]("POST", "auth/me/deletion", json={"password": PASSWORD})
    assert gone.status_code < 300, gone.text
    people["anonymous"] = anonymous(client)
    people["guest"] = Seated(client, works.tools.tokens.guest())
    return Town(person, works, people, client.get("/api/v1/openapi.json").json)


class Seated:
    """Somebody who shows a guest's token."""

    def __init__(self, client, token):
        self.client, self.token = client, token

    def __call__(self, method, path, **more):
        headers = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        return self.client.open(f"/api/v1/{path}", method=method, headers=headers, **more)


def anonymous(client):
    def ask(method, path, **more):
        return client.open(f"/api/v1/{path}", method=method, **more)

    return ask


def operations(spec):
    return [
        (one["operationId"], method.upper(), path, one)
        for path, item in spec["paths"].items()
        for method, one in item.items()
    ]


def of_universe(name, path):
    return "{universe_id}" in path or name in ("audio_render", "visualizations_draw")


def request_of(town, name, method, path, operation, visibility):
    """Make what an operation acts on, a universe with its members, and return how to ask for it."""
    world = town.world()
    asked = request_in(world, name, method, path, operation)
    for key, made in world.known.items():
        if key.endswith("universe_id"):
            town.settle(made, visibility)
    if "If-Match" not in asked[1]["headers"]:
        return asked
    asked[1]["headers"] |= tagged(world, operation["parameters"], f"/api/v1/{asked[0]}")
    return asked


def request_in(world, name, method, path, operation):
    """Make what an operation acts on and return how to ask for it."""
    where = re.sub(r"{(\w+)}", lambda found: world.made(name, found[1]), path)
    body = copy.deepcopy(media(operation.get("requestBody", {}).get("content", {})).get("example"))
    if isinstance(body, dict):
        body = {key: put_in(world, name, key, value) for key, value in body.items()}
    told = operation.get("parameters", [])
    more = {
        "json": body,
        "query_string": {one["name"]: one["example"] for one in told if "example" in one},
        "headers": tagged(world, told, where),
    }
    more |= upload(operation)
    return where.removeprefix("/api/v1/"), more


def upload(operation):
    """Return the bytes of an operation that takes some."""
    content = operation.get("requestBody", {}).get("content", {})
    kind = next((one for one in content if one.startswith("image/")), None)
    if kind is None:
        return {}
    return {"data": png(), "headers": {"Content-Type": "image/png"}}


def expected(needed, who, visibility, opened):
    """Say what should come of it: a status, or 2 for any success."""
    if who == "deleted":
        return 401
    if who == "anonymous":
        if not opened:
            return 401
        return 2 if visibility == "public" or needed == "anyone" else 404
    if who == "guest" and not opened:
        return 403  # known by their seat, and without the right
    if needed in ("anyone", "signed-in"):
        return 2
    if needed == "asker":
        return 2 if who == "owner" else 404
    return expected_of_role(needed, who, visibility)


def expected_of_role(needed, who, visibility):
    own = CALLERS[who]
    role = own or ("viewer" if visibility == "public" else None)
    if role is None:
        return 404
    if needed == "member":
        return 2 if own else 403
    if needed == "author":
        return 2 if who == "owner" else 403
    return 2 if RANK[role] >= RANK[needed] else 403


# What the words of `x-role` leave out: editors settle remarks, and have nothing of the owner's to undo.
BESIDES = {
    ("comments_resolve", "editor"): 2,
    ("comments_reopen", "editor"): 2,
    ("history_undo_own", "editor"): 409,
    ("history_redo_own", "editor"): 409,
}


def came_of(reply):
    return 2 if 200 <= reply.status_code < 300 else reply.status_code


def faults(town, visibility, name, method, path, operation):
    """Try an operation as everybody; yield what came of it where that is wrong."""
    opened, needed = {} in operation["security"], operation["x-role"]
    where, more = request_of(town, name, method, path, operation, visibility)
    before = town.revisions()
    allowed = []
    for who in CALLERS:
        should = BESIDES.get((name, who), expected(needed, who, visibility, opened))
        if should == 2:
            allowed.append(who)
            continue
        reply = town.people[who](method, where, **more)
        if came_of(reply) != should:
            yield f"{name} by {who}: {reply.status_code}, not {should}: {reply.data[:150]}"
    if town.revisions() != before:
        yield f"{name}: somebody who was refused changed something"
    for who in allowed:
        if method != "GET":
            where, more = request_of(town, name, method, path, operation, visibility)
        reply = town.people[who](method, where, **more)
        if came_of(reply) != 2:
            yield f"{name} by {who}: {reply.status_code}, refused: {reply.data[:150]}"


@pytest.mark.parametrize("visibility", ["private", "public"])
def test_everybody_may_do_what_they_are_said_to_may_and_nothing_else(town, visibility):
    wrong = [
        fault
        for name, method, path, operation in operations(town.spec)
        if of_universe(name, path)
        for fault in faults(town, visibility, name, method, path, operation)
    ]

    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)


def test_what_is_of_no_universe_is_open_or_ones_own(town, person, works):
    wrong = []
    for name, method, path, operation in operations(town.spec):
        needed = operation["x-role"]
        if of_universe(name, path):
            continue
        for who in (
            ("owner",) if needed == "anyone" else ("anonymous", "deleted", "stranger", "owner")
        ):
            if (needed, who) == ("signed-in", "stranger"):
                continue  # there are no strangers to what is one's own
            world = World(person, works)  # the one who asks may be gone afterwards
            where, more = request_in(world, name, method, path, operation)
            ask = world.ada if who == "owner" else town.people[who]
            should = expected(needed, who, "private", {} in operation["security"])
            reply = ask(method, where, **more)
            if came_of(reply) != should:
                wrong.append(
                    f"{name} by {who}: {reply.status_code}, not {should}: {reply.data[:150]}"
                )

    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)
