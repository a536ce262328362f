"""The Python client against the real API, in one process."""

import json
from uuid import uuid4

import httpx
import pytest
from mundi_client import Client, Failed, Refused, Unreachable, each
from mundi_client.models import JobOut
from PIL import Image

from app.config import Settings
from app.factory import make_api, make_services, migrate

TOY = {"title": "Toy", "bodies": {"a": {"position": [0, 1, 0]}}}


@pytest.fixture
def connect(tmp_path):
    settings = Settings(data=tmp_path / "data")
    migrate(settings)
    app = make_api(make_services(settings))
    return lambda: Client("http://localhost", transport=httpx.WSGITransport(app))


@pytest.fixture
def ada(connect):
    with connect() as client:
        client.register("ada@example.org", "correct horse battery", display_name="Ada")
        yield client


def test_who_registers_is_signed_in(ada):
    assert ada.me().display_name == "Ada"


def test_what_is_created_is_read_changed_listed_copied_and_deleted(ada):
    made = ada.create(TOY)
    changed = ada.change(made, document={"physics": {"gravity": [0, -3, 0]}})
    copied = ada.fork(made.id)

    assert ada.universe(made.id) == changed
    assert changed.document["physics"] == {"gravity": [0, -3, 0]}
    assert {one.id for one in ada.universes()} == {made.id, copied.id}

    ada.delete(changed)
    assert [one.id for one in ada.universes()] == [copied.id]


def test_a_list_longer_than_a_page_is_gone_through_to_its_end(ada):
    made = {ada.create(TOY).id for _ in range(51)}  # a page holds 50

    assert {one.id for one in ada.universes()} == made


def test_a_stale_change_is_refused_with_its_code(ada):
    made = ada.create(TOY)
    ada.change(made, title="First")

    with pytest.raises(Refused) as refused:
        ada.change(made, title="Second")
    assert (refused.value.status, refused.value.code) == (412, "stale_revision")


def test_a_fault_in_a_document_is_told_at_its_path(ada):
    with pytest.raises(Refused) as refused:
        ada.create({"bodies": {"a": {"radius": -1}}})
    assert [fault.path for fault in refused.value.problems] == ["$.bodies.a.radius"]


def test_a_worn_out_access_token_is_exchanged_without_anyone_noticing(ada):
    ada._access = "worn.out.token"

    assert ada.me().display_name == "Ada"
    assert ada._access != "worn.out.token"


def test_a_guest_sees_no_private_universe(ada, connect):
    made = ada.create(TOY)

    with connect() as guest, pytest.raises(Refused) as refused:
        guest.universe(made.id)
    assert refused.value.status == 404


def test_a_proxy_that_answers_something_else_is_still_a_refusal():
    transport = httpx.MockTransport(lambda _: httpx.Response(502, text="<html>"))

    with Client(transport=transport) as client, pytest.raises(Refused) as refused:
        client.me()
    assert refused.value.status == 502


def test_a_render_is_waited_for_and_kept_whole(tmp_path):
    states = iter(["queued", "running", "done"])
    never = dict.fromkeys(("error", "expires_at", "file", "finished_at", "sha256", "size", "sound"))
    job = {"id": str(uuid4()), "kind": "wav", "universe_id": str(uuid4()), "progress": 0}
    job |= never | {"price": 1, "started_at": None, "created_at": "2026-11-23T12:00:00Z"}

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/file"):
            return httpx.Response(200, content=b"RIFF")
        status = 202 if request.method == "POST" else 200
        return httpx.Response(status, text=json.dumps(job | {"state": next(states)}))

    with Client(transport=httpx.MockTransport(answer)) as client:
        done = client.wait(client.render(job["universe_id"], seconds=1), every_s=0)
        path = client.download(done, tmp_path / "out.wav")

    assert path.read_bytes() == b"RIFF"
    assert [one.name for one in tmp_path.iterdir()] == ["out.wav"]


def answering(*answers: httpx.Response | Exception):
    """A client whose server answers so, one after the other; and what it was asked."""
    left, asked = iter(answers), []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        told = next(left)
        if isinstance(told, Exception):
            raise told
        return told

    return Client(transport=httpx.MockTransport(answer), patience_s=1), asked


BUSY = httpx.Response(429, headers={"Retry-After": "0"}, json={"status": 429, "code": "too_many"})


def test_who_is_told_to_come_back_does():
    client, asked = answering(BUSY, BUSY, httpx.Response(200, json={"limits": {}}))

    assert client.reference_every_limit().limits == {}
    assert len(asked) == 3


def test_a_wait_beyond_patience_is_told_instead():
    late = httpx.Response(429, headers={"Retry-After": "60"}, json={"status": 429, "code": "x"})
    client, asked = answering(late)

    with pytest.raises(Refused) as refused:
        client.me()
    assert (refused.value.retry_after_s, len(asked)) == (60, 1)


def test_a_broken_line_is_tried_again_only_where_nothing_can_be_done_twice(monkeypatch):
    monkeypatch.setattr("mundi_client.line.FIRST_WAIT_S", 0)
    broken = httpx.ConnectError("reset")
    reading, read = answering(broken, httpx.Response(200, json={"limits": {}}))
    changing, changed = answering(broken, httpx.Response(200, json={}))

    assert reading.reference_every_limit().limits == {}
    with pytest.raises(Unreachable, match=r"http://127\.0\.0\.1:8000"):
        changing.universes_change("1", {"tags": []}, if_match="1")
    assert (len(read), len(changed)) == (2, 1)


def test_what_was_made_before_the_line_broke_is_not_made_twice(app, monkeypatch):
    monkeypatch.setattr("mundi_client.line.FIRST_WAIT_S", 0)
    through, breaks = httpx.WSGITransport(app), iter([httpx.ReadError("reset")] * 2)

    def answer(request: httpx.Request) -> httpx.Response:
        told = through.handle_request(request)
        if request.method == "POST" and request.url.path.endswith("/universes"):
            for broken in breaks:
                raise broken
        told.read()
        return told

    with Client("http://localhost", transport=httpx.MockTransport(answer)) as client:
        client.register("ada@example.org", "correct horse battery")
        made = client.create(TOY)

        assert [one.id for one in client.universes()] == [made.id]


def test_changes_of_several_people_at_once_all_arrive(connect):
    with connect() as client:
        client.register("bee@example.org", "correct horse battery")
        made = client.create(TOY)
        others = iter(range(3))

        def raised(now):
            for _ in others:  # somebody is faster, three times
                client.overwrite(client.parts_change_physics, now.id, {"gravity": [0, -1, 0]})
                break
            return {"tags": [*now.tags, "mine"]}

        revised = client.revise(made.id, raised)

    assert revised.tags == ["mine"]
    assert revised.document["physics"] == {"gravity": [0, -1, 0]}


def test_any_list_is_gone_through_with_its_filters(ada):
    made = ada.create(TOY)
    for number in range(5):
        ada.story_create(made.id, {"at": number, "title": f"Point {number}"})

    points = each(ada.story_index, made.id, limit=2, sort="-time")
    assert [one.at for one in points] == [4, 3, 2, 1, 0]


def test_what_python_holds_is_sent_as_it_is(ada):
    made = ada.create(TOY)
    first = ada.comments_write(made.id, {"text": "One"})

    # A UUID of an answer goes into a body without being written out first.
    assert ada.comments_write(made.id, {"text": "Two", "parent": first.id}).parent_id == first.id


def test_a_picture_and_a_universe_are_sent_as_files(ada, tmp_path):
    picture, piece = tmp_path / "me.png", tmp_path / "toy.json"
    Image.new("RGB", (40, 40), "#c04040").save(picture)
    piece.write_text(json.dumps(TOY))

    assert ada.show_picture(picture).avatar
    assert ada.create_from(piece, title="From a file").title == "From a file"
    with pytest.raises(ValueError, match=r"\.webp"):
        ada.show_picture(piece)


def test_a_file_that_does_not_arrive_whole_is_none(tmp_path):
    job = JobOut.model_construct(id=uuid4(), kind="wav", state="done", sha256="0" * 64)
    client, _ = answering(httpx.Response(200, content=b"RIF"))

    with pytest.raises(Failed, match="whole"):
        client.download(job, tmp_path / "out.wav")
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_reads_like_a_sentence_with_its_faults_below(ada):
    with pytest.raises(Refused) as refused:
        ada.create({"bodies": {"a": {"radius": -1, "mas": 3}}})

    assert str(refused.value).splitlines() == [
        "the universe has 2 faults (422 invalid_document)",
        '  $.bodies.a.mas: "mas" is no field here; did you mean mass?',
        "  $.bodies.a.radius: radius is -1; it may be 0 to 1000000 length",
    ]
