"""Undo and redo through an open room."""

from uuid import uuid4

BALL = {"title": "A ball", "bodies": {"a": {"position": [0, 1, 0]}}, "music": {"tempo": 90}}


def turned(listener, act):
    op_id = str(uuid4())
    listener.say(act, op_id=op_id)
    return listener.until("undone", op_id=op_id)


def test_one_s_own_gesture_is_undone_and_others_keep_theirs(server, person, listen):
    universe = person.universe(BALL, visibility="public", link_role="editor")
    with listen(universe, person=person) as ada, listen(universe, person=server.register()) as ben:
        for place in (1, 2):
            op_id = str(uuid4())
            ada.say("edit", op_id=op_id, gesture="g", patch={"bodies": {"a": {"x": place}}})
            ada.until("event", op_id=op_id)
        op_id = ada.edit({"music": {"tempo": 100}})
        ada.until("event", op_id=op_id)
        op_id = ben.edit({"music": {"tempo": 110}})
        ben.until("event", op_id=op_id)

        left = turned(ada, "undo")["left"]
        undone = turned(ada, "undo")
        told = ben.until("event", rev=undone["rev"])
        redone = turned(ada, "redo")
        again = ben.until("event", rev=redone["rev"])

    assert [one["path"] for one in left] == ["$.music.tempo"]
    assert (undone["act"], undone["left"]) == ("undo", [])
    assert (told["patch"], again["patch"]) == (
        {"bodies": {"a": {"x": None}}},
        {"bodies": {"a": {"x": 2}}},
    )


def test_nothing_is_undone_alone_or_where_nothing_was_done(person, listen):
    universe = person.universe(BALL)
    for mode, code in (("room", "nothing_to_undo"), ("solo", "playing_alone")):
        with listen(universe, person=person, mode=mode) as ada:
            op_id = str(uuid4())
            ada.say("undo", op_id=op_id)
            assert ada.until("error", op_id=op_id)["code"] == code
