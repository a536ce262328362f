"""The Python client against the real API, in one process."""

import json
from uuid import uuid4

import httpx
import pytest
from mundi_client import Client, Refused

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
