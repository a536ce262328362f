import hashlib
import io
import os
import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from app.core.performance import play, takes
from app.formats import wav
from app.services import universes
from app.services.queue import Queue
from app.services.work import SYSTEM
from app.utils import clock
from app.worker.loop import Worker


@pytest.fixture
def worker(works):
    """A worker that runs while the test does."""
    made = Worker(works, holder="test")
    made.start()
    yield made
    made.stop()


def asked(ada, universe, *, seconds=1.0, room="audio/renders", **more):
    body = {"universe_id": universe["id"], **more}
    if room == "audio/renders":
        body["seconds"] = seconds
    reply = ada("POST", room, json=body)
    assert reply.status_code == 202, reply.text
    return reply.headers["Location"].removeprefix("/api/v1/")


def ended(job):
    return job["state"] in ("done", "failed", "cancelled")


def test_a_render_asked_for_over_http_is_fetched_whole(universe, worker, wait_until):
    ada, made = universe
    path = asked(ada, made)

    job = wait_until(lambda: ada("GET", path).json, ended)
    file = ada("GET", f"{path}/file")
    part = ada("GET", f"{path}/file", headers={"Range": "bytes=0-3"})

    assert (job["state"], job["progress"], job["error"]) == ("done", 1.0, None)
    assert job["file"] == f"/api/v1/{path}/file"
    assert (file.status_code, file.content_type) == (200, "audio/wav")
    assert len(file.data) == job["size"] == 44 + 48_000 * 4
    assert hashlib.sha256(file.data).hexdigest() == job["sha256"]
    assert "filename=two-balls.wav" in file.headers["Content-Disposition"]
    assert (part.status_code, part.data) == (206, b"RIFF")
    events = ada("GET", f"universes/{made['id']}/events").json["items"]
    assert (events[0]["kind"], events[0]["data"]["state"]) == ("job", "done")
    assert ada("GET", f"universes/{made['id']}").headers["ETag"].startswith('"1-')


def test_a_render_at_a_loudness_says_how_loud_it_became(universe, worker, wait_until):
    ada, made = universe
    path = asked(ada, made, loudness=-23, seconds=3.0)

    job = wait_until(lambda: ada("GET", path).json, ended)

    assert job["state"] == "done"
    assert set(job["sound"]) == {"loudness", "true_peak_db", "gain_db", "limited"}
    assert job["sound"]["true_peak_db"] <= -1.0


def test_a_take_with_thrown_balls_renders_as_its_own_file_plays(
    universe, services, worker, wait_until
):
    ada, made = universe
    state = services.rooms.open(UUID(made["id"]))
    ball = {"position": [0.2, 1, 0], "velocity": [0, 0, 0], "radius": 0.05}
    for tick, patch in ((40, {"bodies": {"zz-1": ball}}), (90, {"music": {"tempo": 90}})):
        rev = services.works.run(partial(edited, made["id"], patch), SYSTEM)
        services.rooms.journal(state.journal_id, state.fence, tick, [rev])
    path = asked(ada, made, journal=str(state.journal_id), seconds=1)

    job = wait_until(lambda: ada("GET", path).json, ended)
    taken = takes.read(ada("GET", f"universes/{made['id']}/take?ticks=120").data)
    stream = io.BytesIO()
    journal, seed = taken.journal, taken.seed
    wav.write(play(taken.document, seed=seed, journal=journal, ticks=120), stream)

    assert (job["state"], len(journal)) == ("done", 2)
    assert ada("GET", f"{path}/file").data == stream.getvalue()


def edited(universe_id, patch, work):
    return universes.edit(work, UUID(universe_id), patch).rev


def test_a_still_is_drawn_over_http(universe, worker, wait_until):
    ada, made = universe
    path = asked(ada, made, room="visualizations/stills", tick=30, width=64, height=48)

    job = wait_until(lambda: ada("GET", path).json, ended)

    assert job["state"] == "done", job
    assert ada("GET", f"{path}/file").data.startswith(b"\x89PNG")


def test_a_running_render_is_cancelled(universe, worker, wait_until, works):
    ada, made = universe
    path = asked(ada, made, seconds=600)
    wait_until(lambda: ada("GET", path).json, lambda job: job["state"] == "running")

    ada("DELETE", path)
    job = wait_until(lambda: ada("GET", path).json, ended)

    assert (job["state"], job["file"]) == ("cancelled", None)
    assert ada("GET", f"{path}/file").status_code == 409
    wait_until(lambda: list(works.tools.files.iterdir()), lambda left: left == [])


def test_a_render_whose_worker_was_killed_is_done_by_another(universe, settings, works, wait_until):
    ada, made = universe
    path = asked(ada, made, seconds=120)
    code = "from app import factory; factory.run_worker()"
    environment = os.environ | {
        "MUNDI_DATA": str(settings.data),
        "MUNDI_DATABASE_URL": settings.url,
        "MUNDI_SECRET": settings.secret,
    }
    first = subprocess.Popen([sys.executable, "-c", code], env=environment)
    wait_until(lambda: ada("GET", path).json, lambda job: job["progress"] > 0)

    first.send_signal(signal.SIGKILL)
    first.wait()
    let_the_lease_run_out(works, UUID(path.split("/")[-1]))
    second = Worker(works, holder="second")
    second.start()
    job = wait_until(lambda: ada("GET", path).json, ended)
    second.stop()
    data = ada("GET", f"{path}/file").data

    assert (job["state"], job["size"]) == ("done", 44 + 120 * 48_000 * 4)
    assert hashlib.sha256(data).hexdigest() == job["sha256"]


def let_the_lease_run_out(works, job_id):
    from app.models import Job

    def past(work):
        work.session.get(Job, job_id).lease_until = clock.now() - timedelta(seconds=1)

    works.run(past, SYSTEM)


def test_a_stopped_worker_gives_its_job_back(universe, works, wait_until):
    ada, made = universe
    path = asked(ada, made, seconds=600)
    first = Worker(works, holder="first")
    first.start()
    wait_until(lambda: ada("GET", path).json, lambda job: job["state"] == "running")

    first.stop()

    assert Queue(works, holder="second").claim() is not None
