from uuid import uuid4

import numpy as np
import pytest

from app.core.audio.pcm import pcm16
from app.core.document import judge
from app.core.performance.take import Entry, play
from app.schemas import wire

BALLS = {
    "title": "Three balls",
    "seed": 11,
    "world": "earth",
    "dimensions": 2,
    "boundary": {"box": [4, 3]},
    "physics": {"elasticity": 1},
    "bodies": {
        "a": {"position": [-1, 0.5, 0], "velocity": [1, 0, 0], "radius": 0.1},
        "b": {"position": [0, 0.9, 0], "velocity": [-1.5, 0, 0], "radius": 0.1},
        "c": {"position": [1, 0.2, 0], "velocity": [0.3, 1, 0], "radius": 0.1},
    },
    "rules": {
        "hits": {
            "when": {"event": "collision", "with": "wall"},
            "note": {"voice": "bell", "degree": {"from": "body.index"}},
        }
    },
}


def ball(height: float = 0.4) -> dict:
    """The patch of a thrown ball."""
    name = f"zz-{uuid4().hex[:4]}"
    thrown = {"position": [0, height, 0], "velocity": [2, 1, 0], "radius": 0.08}
    return {"bodies": {name: thrown}}


def expected(entries: list[Entry], first: int, ticks: int) -> np.ndarray:
    """What a performance without any interruption sounds like."""
    pieces = play(judge(BALLS), journal=entries, start=first, ticks=ticks)
    return pcm16(np.concatenate([piece.samples for piece in pieces]))


def entries_of(words: list[dict]) -> list[Entry]:
    """Put what a listener was told together as a journal."""
    patches = {word["rev"]: word["patch"] for word in words if word["type"] == "event"}
    applied = {word["rev"]: word["tick"] for word in words if word["type"] == "applied"}
    return [Entry(applied[rev], rev, patches[rev]) for rev in sorted(applied)]


def test_who_joins_sees_and_hears_the_world(person, listen):
    with listen(person.universe(BALLS), person=person) as ada:
        ada.until_tick(240)

    welcome = ada.words[0]
    assert welcome["role"] == "owner"
    assert welcome["document"]["title"] == "Three balls"
    assert welcome["roster"]["ids"] == ["a", "b", "c"]
    assert welcome["roster"]["radii"] == pytest.approx([0.1] * 3)
    _, samples = ada.sound()
    assert np.abs(samples).max() > 300
    pictures = [wire.decode(piece) for piece in ada.pieces]
    moving = [one.positions for one in pictures if one.positions is not None]
    assert np.ptp([frames[0, 0, 0] for frames in moving]) > 0.3
    assert any(one.notes for one in pictures)


def test_a_thrown_ball_is_seen_and_heard_by_both_in_the_same_bytes(person, listen, server):
    universe = person.universe(BALLS, visibility="unlisted", link_role="editor")
    friend = server.register()
    with listen(universe, person=person) as ada, listen(universe, person=friend) as bob:
        patch = ball()
        op_id = bob.edit(patch)
        event = ada.until("event", op_id=op_id)
        tick = ada.until("applied", rev=event["rev"])["tick"]
        for one in (ada, bob):
            one.until_tick(tick + 60)

    assert event["patch"] == patch
    assert bob.told("event", op_id=op_id)["actor"]["display_name"]
    assert next(iter(patch["bodies"])) in ada.told("roster")["ids"]
    common = set(ada.pieces) & set(bob.pieces)
    read = [wire.decode(piece).header for piece in common]
    heard = {header.tick for header in read if header.kind == wire.SOUND}
    assert {tick + at for at in range(0, 60, 6)} <= heard
    assert entries_of(ada.words)[-1].tick == tick


def test_what_a_room_streams_is_what_the_engine_plays(person, listen):
    with listen(person.universe(BALLS), person=person) as ada:
        for _ in range(3):
            ada.edit(ball())
            ada.until("applied")
        ada.until_tick(300)

    first, samples = ada.sound()
    told = expected(entries_of(ada.words), first, len(samples) // 400)
    assert np.array_equal(samples, told)


def test_a_killed_stage_goes_on_where_it_was_with_nothing_lost(person, listen, server):
    with listen(person.universe(BALLS), person=person) as ada:
        ada.edit(ball())
        ada.until("applied")
        generation = ada.words[0]["transport"]["generation"]
        server.kill_stage()
        op_id = ada.edit(ball(0.7))  # committed while nobody performs
        ada.until("event", op_id=op_id)
        ada.until("applied", within_s=60)
        before = len(ada.pieces)
        while len(ada.pieces) < before + 20:
            ada.hear()

    first, samples = ada.sound()  # every tick is there, once
    entries = entries_of(ada.words)
    assert len(entries) == 2
    assert np.array_equal(samples, expected(entries, first, len(samples) // 400))
    assert ada.told("transport")["generation"] > generation


def test_who_comes_late_or_again_hears_the_bar_that_sounds_now(person, listen):
    universe = person.universe(BALLS)
    with listen(universe, person=person) as ada:
        ada.until_tick(120)
        with listen(universe, person=person) as again:
            again.say("ping", sent=0)
            now = again.until("pong")["tick"]
            ada.until_tick(now + 60)
            again.until_tick(now + 60)

    first, samples = again.sound()
    start, whole = ada.sound()
    at = (first - start) * 400
    assert 90 <= first <= now + 60  # nothing long past, and at once
    assert np.array_equal(samples[:4000], whole[at : at + 4000])


def test_a_change_over_http_is_heard_in_the_room(person, listen):
    universe = person.universe(BALLS)
    with listen(universe, person=person) as ada:
        tag = person("GET", f"universes/{universe}").headers["ETag"]
        done = person(
            "PATCH",
            f"universes/{universe}",
            json={"document": {"physics": {"gravity": [0, -1, 0]}}},
            headers={"If-Match": tag},
        )
        assert done.status_code == 200, done.text
        event = ada.until("event")
        ada.until("applied", rev=event["rev"])

    assert event["patch"] == {"physics": {"gravity": [0, -1, 0]}}


def test_an_operation_sent_twice_is_done_once(person, listen):
    with listen(person.universe(BALLS), person=person) as ada:
        op_id, patch = str(uuid4()), ball()
        ada.say("edit", op_id=op_id, patch=patch)
        first = ada.until("event", op_id=op_id)
        ada.say("edit", op_id=op_id, patch=patch)
        again = ada.until("event", op_id=op_id)

    assert again["rev"] == first["rev"]


def test_who_was_away_is_told_everything_they_missed(person, listen):
    universe = person.universe(BALLS)
    with listen(universe, person=person) as ada:
        rev, epoch = ada.words[0]["rev"], ada.words[0]["epoch"]
        for height in (0.1, 0.2, 0.3):
            ada.until("event", op_id=ada.edit(ball(height)))
        with listen(universe, person=person, epoch=epoch, since_rev=rev) as back:
            missed = [back.until("event")["rev"] for _ in range(3)]
        with listen(universe, person=person, epoch=epoch + 1, since_rev=rev) as lost:
            pass

    assert missed == [rev + 1, rev + 2, rev + 3]
    assert back.words[0]["recovered"]
    assert not lost.words[0]["recovered"]
    assert len(lost.words[0]["document"]["bodies"]) == 6


def test_a_bad_edit_is_refused_with_its_path_and_changes_nothing(person, listen):
    universe = person.universe(BALLS)
    with listen(universe, person=person) as ada:
        op_id = ada.edit({"physics": {"gravity": "down"}})
        error = ada.until("error")
        rev = person("GET", f"universes/{universe}").json()["rev"]

    assert error["op_id"] == op_id
    assert error["problems"][0]["path"].startswith("$.physics.gravity")
    assert rev == ada.words[0]["rev"]


def test_a_viewer_hears_and_may_not_lead(person, listen):
    universe = person.universe(BALLS, visibility="public")
    with listen(universe, person=person) as ada, listen(universe) as guest:
        for word in ("play", "pause"):
            guest.say(word)
            assert guest.until("error")["code"] == "forbidden"
        guest.edit(ball())
        assert guest.until("error")["code"] == "unauthenticated"
        guest.until_tick(60)
        while len(members := ada.until("presence")["members"]) < 2:
            pass

    assert guest.words[0]["role"] == "viewer"
    assert [one["role"] for one in members] == ["owner", "viewer"]


def test_playing_alone_is_private_and_judged(server, listen):
    example = server.example("polyrhythm")["id"]
    with listen(example, mode="solo") as guest, listen(example) as other:
        op_id = guest.edit(ball())
        event = guest.until("event", op_id=op_id)
        applied = guest.until("applied")
        guest.edit({"physics": {"gravity": "up"}})
        error = guest.until("error")
        guest.say("pause")
        guest.until("transport", playing=False)
        guest.say("seek", tick=0)
        guest.until("transport", tick=0)
        other.until_tick(60)

    assert event["rev"] is None
    assert applied["rev"] is None
    assert error["problems"][0]["path"].startswith("$.physics.gravity")
    assert not [word for word in other.words if word["type"] in ("event", "applied")]


def test_pause_seek_and_play_are_for_everybody(person, listen):
    universe = person.universe(BALLS)
    with listen(universe, person=person) as ada, listen(universe, person=person) as bob:
        bob.until_tick(60)
        ada.say("pause")
        bob.until("transport", playing=False)
        ada.say("seek", tick=33)
        moved = bob.until("transport")
        bob.hear()
        still = bob.pieces[-1]
        ada.say("play")
        played = bob.until("transport", playing=True)
        bob.pieces.clear()
        bob.until_tick(60)

    assert (moved["tick"], played["tick"]) == (30, 30)
    assert wire.decode(still).header.flags & wire.STILL
    first, samples = bob.sound()
    assert np.array_equal(samples, expected([], first, len(samples) // 400))


def test_an_edit_behind_the_end_branches_off(person, listen):
    with listen(person.universe(BALLS), person=person) as ada:
        ada.until_tick(120)
        ada.say("seek", tick=12)
        ada.until("transport", tick=12)
        ada.edit(ball())
        branched = ada.until("journal")
        tick = ada.until("applied")["tick"]
        ada.pieces.clear()
        ada.until_tick(tick + 30)

    assert branched["journal"] != ada.words[0]["journal"]
    assert {str(wire.decode(one).header.journal) for one in ada.pieces[2:]} == {branched["journal"]}
    first, samples = ada.sound()
    assert np.array_equal(samples, expected(entries_of(ada.words), first, len(samples) // 400))


def test_without_sound_only_pictures_come(person, listen):
    with listen(person.universe(BALLS), person=person, sound="none") as ada:
        while len(ada.pieces) < 10:
            ada.hear()
        ada.say("sound", codec="pcm16")
        ada.until_tick(0)

    kinds = [wire.decode(piece).header.kind for piece in ada.pieces]
    assert kinds[:10] == [wire.SLICE] * 10


def test_the_clock_tells_which_tick_is_heard(person, listen):
    with listen(person.universe(BALLS), person=person) as ada:
        transport = ada.until("transport", playing=True)
        ada.until_tick(60)
        ada.say("ping", sent=1.5)
        pong = ada.until("pong")

    passed_ms = pong["now"] - transport["time_ms"]
    assert pong["sent"] == 1.5
    assert pong["tick"] == pytest.approx(transport["tick"] + passed_ms * 0.12, abs=1)
