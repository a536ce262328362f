import pytest


@pytest.fixture
def made(person):
    ada = person()
    return ada, ada("POST", "universes", json={"document": {"seed": 1}}).json


def test_a_render_waits_with_its_price_and_place(made):
    ada, universe = made

    reply = ada("POST", "audio/renders", json={"universe_id": universe["id"], "seconds": 2.5})
    job = reply.json

    assert reply.status_code == 202
    assert reply.headers["Location"] == f"/api/v1/audio/renders/{job['id']}"
    assert (job["state"], job["progress"], job["price"]) == ("queued", 0.0, 300 * 4)
    assert (job["file"], job["error"], job["universe_id"]) == (None, None, universe["id"])
    assert ada("GET", f"audio/renders/{job['id']}").json == job
    assert ada("GET", "audio/renders").json["items"] == [job]


WRONG = [
    {"seconds": 1, "ticks": 120},
    {},
    {"seconds": 0},
    {"seconds": -1},
    {"seconds": 1e9},
    {"seconds": 601},
    {"ticks": 0},
    {"ticks": 1.5},
    {"ticks": True},
    {"ticks": 2**53},
    {"seconds": 1, "start": -1},
    {"seconds": 1, "start": 2**41},
    {"seconds": 1, "seed": -1},
    {"seconds": 1, "format": "mp3"},
    {"seconds": 1, "encoding": "mulaw"},
    {"seconds": 1, "result_path": "/etc/passwd"},
    {"seconds": 1, "universe_id": "12"},
    {"seconds": 1, "journal": "x"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_cannot_be_rendered_is_refused_before_it_waits(made, wrong):
    ada, universe = made

    reply = ada("POST", "audio/renders", json={"universe_id": universe["id"]} | wrong)

    assert reply.status_code == 422, reply.text
    assert ada("GET", "audio/renders").json["items"] == []


@pytest.mark.parametrize("wrong", [{"width": 2561}, {"height": 15}, {"tick": -1}, {"fps": 10**9}])
def test_what_cannot_be_drawn_is_refused(made, wrong):
    ada, universe = made

    body = {"universe_id": universe["id"]} | wrong
    assert ada("POST", "visualizations/stills", json=body).status_code == 422


@pytest.mark.databases
def test_a_render_is_asked_for_once_under_a_key(made):
    ada, universe = made
    once, body = {"Idempotency-Key": "r-1"}, {"universe_id": universe["id"], "seconds": 1}

    first, again = (ada("POST", "audio/renders", json=body, headers=once) for _ in range(2))
    other = ada("POST", "audio/renders", json=body | {"seconds": 2}, headers=once)

    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json["id"] == again.json["id"]
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")


@pytest.mark.databases
def test_a_waiting_render_is_cancelled_at_once_and_gone(made):
    ada, universe = made
    body = {"universe_id": universe["id"], "seconds": 1}
    path = f"audio/renders/{ada('POST', 'audio/renders', json=body).json['id']}"

    cancelled = ada("DELETE", path)

    assert (cancelled.status_code, cancelled.json["state"]) == (200, "cancelled")
    for method, where in (("DELETE", path), ("GET", path), ("GET", f"{path}/file")):
        assert ada(method, where).status_code == 404
    assert ada("GET", "audio/renders").json["items"] == []


def test_a_render_is_not_a_still_and_not_for_others(made, person):
    ada, universe = made
    eve = person("eve")
    body = {"universe_id": universe["id"], "seconds": 1}
    job_id = ada("POST", "audio/renders", json=body).json["id"]

    assert ada("GET", f"visualizations/stills/{job_id}").status_code == 404
    for method, rest in (("GET", ""), ("DELETE", ""), ("GET", "/file")):
        assert eve(method, f"audio/renders/{job_id}{rest}").status_code == 404
    assert eve("GET", "audio/renders").json["items"] == []


def test_the_thirteenth_render_waits_for_its_turn(made):
    ada, universe = made
    body = {"universe_id": universe["id"], "seconds": 1}

    found = [ada("POST", "audio/renders", json=body).status_code for _ in range(13)]
    refused = ada("POST", "audio/renders", json=body)

    assert found == [202] * 12 + [429]
    assert refused.headers["Retry-After"] == "30"


def test_a_deleted_universe_takes_its_renders_along(made):
    ada, universe = made
    body = {"universe_id": universe["id"], "seconds": 1}
    job_id = ada("POST", "audio/renders", json=body).json["id"]

    ada("DELETE", f"universes/{universe['id']}", headers={"If-Match": '"1"'})

    assert ada("GET", f"audio/renders/{job_id}").status_code == 404
