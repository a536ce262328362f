"""Rights are read at each act and end open sockets at once when taken away."""

import json
import time
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

PASSWORD = "a long and private sentence"  # conftest's
BALL = {"title": "One ball", "bodies": {"a": {"position": [0, 1, 0], "radius": 0.1}}}


@pytest.mark.parametrize("how", ["hidden", "deleted", "signed out", "left", "owner left"])
def test_rights_that_end_end_the_connection(server, listen, how):
    owner, reader = server.register(), server.register()
    universe = owner.universe(BALL, visibility="public")
    with listen(universe, person=reader) as ada:
        began = time.monotonic()
        tag = {"If-Match": owner("GET", f"universes/{universe}").headers["ETag"]}
        if how == "hidden":
            owner("PATCH", f"universes/{universe}", json={"visibility": "private"}, headers=tag)
        elif how == "deleted":
            owner("DELETE", f"universes/{universe}", headers=tag)
        elif how == "signed out":
            reader("POST", "auth/logout", json={})
        else:
            body = {"password": PASSWORD, "delete_universes": True}
            who = reader if how == "left" else owner
            assert who("POST", "auth/me/deletion", json=body).status_code == 204
        code = ada.until_closed()

    ended = {"hidden": 4403, "deleted": 4404, "signed out": 4401}
    codes = ended | {"left": 4401, "owner left": 4404}
    assert code == codes[how]
    assert time.monotonic() - began < 5


def test_nobody_learns_of_what_is_private(person, listen):
    universe = person.universe(BALL)
    with pytest.raises(ConnectionClosed) as closed, listen(universe):
        pass

    assert closed.value.rcvd.code == 4404
    assert json.dumps(universe) not in closed.value.rcvd.reason


def handled(server):
    """Somebody with a handle, to be asked by it."""
    person, name = server.register(), f"h{uuid4().hex[:12]}"
    assert person("PATCH", "auth/me", json={"handle": name}).status_code == 200
    return person, name


def let_in(owner, universe, person, handle, role):
    owner("POST", f"universes/{universe}/members", json={"handle": handle, "role": role})
    assert person("POST", f"invitations/{universe}/accept").status_code == 200


def user_id(person):
    return person("GET", "auth/me").json()["id"]


def seat(server, owner, universe, **facts):
    """Make a link and take a seat with it; returns the link's id and somebody with the token."""
    body = {"role": "performer", "guests": True, "expires_in_s": 600} | facts
    link = owner("POST", f"universes/{universe}/links", json=body).json()
    given = {"token": link["token"], "name": "Kepler"}
    entered = server.http.post("/api/v1/links/enter", json=given)
    assert entered.status_code == 201, entered.text
    return link["id"], type(owner)(server, entered.json()["token"])


def test_a_performer_pushes_and_plays_and_leaves_the_document_alone(server, listen):
    owner, (player, name) = server.register(), handled(server)
    universe = owner.universe(BALL)
    let_in(owner, universe, player, name, "performer")
    with listen(universe, person=player) as hand, listen(universe, person=owner) as ear:
        hand.until("transport", playing=True)
        edit = hand.edit({"seed": 3})
        refused = hand.until("error", op_id=edit)
        push, again = str(uuid4()), {"a": {"velocity": [0, 3, 0]}}
        for _ in range(2):
            hand.say("push", op_id=push, pushes=again)
        told = ear.until("event", kind="journal")
        applied = ear.until("applied", rev=told["rev"])
        hand.say("push", op_id=str(uuid4()), pushes={"nobody": {"velocity": [0, 0, 0]}})
        wrong = hand.until("error", code="invalid")
        hand.say("pause")
        ear.until("transport", playing=False)

    assert refused["code"] == "forbidden"
    assert (told["patch"], told["op_id"]) == ({"push": again}, push)
    assert wrong["problems"][0]["path"] == "$.pushes.nobody"
    assert owner("GET", f"universes/{universe}").json()["document"] == BALL
    take = owner("GET", f"universes/{universe}/take?ticks=600").json()
    assert take["journal"] == [
        {"tick": applied["tick"], "rev": told["rev"], "patch": {"push": again}}
    ]


@pytest.mark.parametrize("role", ["viewer", "performer", "editor"])
def test_a_member_who_is_removed_is_out_at_once(server, listen, role):
    owner, (member, name) = server.register(), handled(server)
    universe = owner.universe(BALL)
    let_in(owner, universe, member, name, role)
    with (
        listen(universe, person=member, mode="solo") as solo,
        listen(universe, person=member) as ada,
    ):
        began = time.monotonic()
        owner("DELETE", f"universes/{universe}/members/{user_id(member)}")
        codes = ada.until_closed(), solo.until_closed()

    assert codes == (4403, 4403)
    assert time.monotonic() - began < 5


def test_a_member_who_is_demoted_hears_so_and_may_no_longer(server, listen):
    owner, (member, name) = server.register(), handled(server)
    universe = owner.universe(BALL)
    let_in(owner, universe, member, name, "editor")
    with listen(universe, person=member) as ada:
        path = f"universes/{universe}/members/{user_id(member)}"
        owner("PATCH", path, json={"role": "viewer"})
        ada.until("role", role="viewer")
        for words in ({"type": "pause"}, {"type": "seek", "tick": 0}):
            ada.say(**words)
            assert ada.until("error")["code"] == "forbidden"
        ada.say("push", op_id=str(uuid4()), pushes={"a": {"velocity": [0, 1, 0]}})
        assert ada.until("error")["code"] == "forbidden"


def test_a_guest_with_a_link_performs_until_it_is_revoked(server, listen):
    owner = server.register()
    universe = owner.universe(BALL)
    link, guest = seat(server, owner, universe)
    with listen(universe, person=guest) as kepler:
        welcome = kepler.told("welcome")
        kepler.say("push", op_id=str(uuid4()), pushes={"a": {"velocity": [0, 1, 0]}})
        pushed = kepler.until("event", kind="journal")
        began = time.monotonic()
        owner("DELETE", f"universes/{universe}/links/{link}")
        code = kepler.until_closed()

    assert (welcome["role"], welcome["members"][-1]["name"]) == ("performer", "Kepler")
    assert pushed["actor"]["kind"] == "guest"
    assert pushed["actor"]["display_name"] == "Kepler"
    assert code == 4403
    assert time.monotonic() - began < 5
    assert guest("GET", f"universes/{universe}").status_code == 401
    with pytest.raises(ConnectionClosed) as closed, listen(universe, person=guest):
        pass
    assert closed.value.rcvd.code == 4401


def test_a_guests_seat_is_for_one_room(server, listen):
    owner = server.register()
    universe, other = owner.universe(BALL), owner.universe(BALL)
    _, guest = seat(server, owner, universe)

    with pytest.raises(ConnectionClosed) as closed, listen(other, person=guest):
        pass

    assert closed.value.rcvd.code == 4404


def test_a_comment_is_told_in_the_room_without_its_text(server, listen):
    owner = server.register()
    universe = owner.universe(BALL)
    with listen(universe, person=owner) as ada:
        body = {"text": "secret words", "target": {"kind": "body", "id": "a"}}
        made = owner("POST", f"universes/{universe}/comments", json=body).json()
        told = ada.until("event", kind="comment")
        owner("POST", f"universes/{universe}/links", json={})
        access = ada.until("event", kind="access")

    assert told["data"]["comment"] == made["id"]
    assert "secret" not in str(told)
    assert access["data"] is None
