"""API keys at the socket: in as their maker, as far as their scopes go."""

import time
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

BALL = {"title": "One ball", "bodies": {"a": {"position": [0, 1, 0], "radius": 0.1}}}


def script(server, person, *scopes):
    """Make a key; returns its id and somebody who shows it."""
    made = person("POST", "auth/keys", json={"name": "a script", "scopes": list(scopes)}).json()
    return made["id"], type(person)(server, made["secret"])


def test_a_key_that_may_write_is_what_its_maker_is(server, person, listen):
    universe = person.universe(BALL)
    _, key = script(server, person, "universes:read", "universes:write")
    with listen(universe, person=key) as hand:
        edit = hand.edit({"seed": 3})
        told = hand.until("event", op_id=edit)
        hand.say("pause")
        hand.until("transport", playing=False)
        hand.say("undo", op_id=str(uuid4()))
        hand.until("undone")

    assert hand.told("welcome")["role"] == "owner"
    assert told["actor"] == {
        "kind": "key",
        "id": person("GET", "auth/me").json()["id"],
        "display_name": hand.told("welcome")["members"][-1]["name"],
    }


def test_a_key_that_may_only_read_has_a_viewers_seat(server, person, listen):
    universe = person.universe(BALL)
    _, key = script(server, person, "universes:read")
    with listen(universe, person=key) as ear:
        refused = [
            ("edit", {"patch": {"seed": 3}}, "scope_missing"),
            ("push", {"pushes": {"a": {"velocity": [0, 1, 0]}}}, "scope_missing"),
            ("undo", {}, "scope_missing"),
        ]
        for word, facts, code in refused:
            ear.say(word, op_id=str(uuid4()), **facts)
            assert ear.until("error")["code"] == code, word
        ear.say("pause")
        assert ear.until("error")["code"] == "forbidden"
        ear.until_tick(12)

    assert ear.told("welcome")["role"] == "viewer"
    assert person("GET", f"universes/{universe}").json()["document"] == BALL


@pytest.mark.parametrize("mode", ["room", "solo"])
def test_a_key_for_exports_alone_opens_nothing(server, person, listen, mode):
    universe = person.universe(BALL, visibility="public")
    _, key = script(server, person, "exports")
    with pytest.raises(ConnectionClosed) as closed, listen(universe, person=key, mode=mode):
        pass

    assert closed.value.rcvd.code == 4403
    assert "universes:read" in closed.value.rcvd.reason


def test_a_key_opens_nobody_elses_universe(server, person, listen):
    universe = server.register().universe(BALL)
    _, key = script(server, person, "universes:read", "universes:write")
    with pytest.raises(ConnectionClosed) as closed, listen(universe, person=key):
        pass

    assert closed.value.rcvd.code == 4404


def test_revoking_a_key_ends_its_sockets_at_once_and_no_others(server, person, listen):
    universe = person.universe(BALL)
    key_id, key = script(server, person, "universes:read")
    with (
        listen(universe, person=person) as ada,
        listen(universe, person=key) as ear,
        listen(universe, person=key, mode="solo") as solo,
    ):
        began = time.monotonic()
        person("DELETE", f"auth/keys/{key_id}")
        codes = ear.until_closed(), solo.until_closed()
        ada.until("presence")

    assert codes == (4401, 4401)
    assert time.monotonic() - began < 2.5  # sooner than the sweep, which looks every 3 s
    with pytest.raises(ConnectionClosed) as closed, listen(universe, person=key):
        pass
    assert closed.value.rcvd.code == 4401
