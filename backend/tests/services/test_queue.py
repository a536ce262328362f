import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.models import IdempotencyKey, Job, RefreshToken, SignIn
from app.services import export
from app.services.export import Wanted
from app.services.once import Answer, once
from app.services.queue import ATTEMPTS_MAX, Queue
from app.services.work import SYSTEM
from app.utils import clock


@pytest.fixture
def asked(works, caller, universe):
    """A function that queues a job of somebody's and returns its identifier."""

    def made(name="ada"):
        owner = caller(name)
        one = universe(owner)
        wanted = Wanted(universe_id=one.id, kind="wav", ticks=60)
        return works.run(lambda work: export.ask(work, wanted), owner).id

    return made


def row(works, job_id):
    with works.begin(SYSTEM, write=False) as work:
        return work.session.get(Job, job_id)


def expire(works, job_id):
    with works.begin(SYSTEM) as work:
        work.session.get(Job, job_id).lease_until = clock.now() - timedelta(seconds=1)


@pytest.mark.databases
def test_many_workers_take_each_job_once(works, asked):
    jobs = {asked(f"p{number}") for number in range(12)}

    def drain(number):
        queue, found = Queue(works, holder=f"w{number}"), []
        while claim := queue.claim():
            found.append(claim.job_id)
            assert queue.finish(claim, file=f"{claim.job_id}.wav", size=1, sha256="0" * 64)
        return found

    with ThreadPoolExecutor(4) as pool:
        taken = [job for found in pool.map(drain, range(4)) for job in found]

    assert (len(taken), set(taken)) == (12, jobs)


@pytest.mark.databases
def test_a_lost_job_goes_to_another_and_the_first_is_fenced_off(works, asked):
    job_id = asked()
    first, second = Queue(works, holder="first"), Queue(works, holder="second")
    lost = first.claim()
    assert second.claim() is None
    expire(works, job_id)

    taken = second.claim()

    assert (taken.job_id, taken.fence) == (job_id, lost.fence + 1)
    assert not first.beat(lost, 0.9)
    assert not first.finish(lost, file="stale.wav", size=1, sha256="f" * 64)
    first.fail(lost, "zombie", "I came back")
    assert second.finish(taken, file="good.wav", size=2, sha256="0" * 64)
    assert (row(works, job_id).state, row(works, job_id).file) == ("done", "good.wav")


def test_a_job_that_kills_its_workers_is_given_up(works, asked):
    job_id = asked()
    queue = Queue(works, holder="w")
    for _ in range(ATTEMPTS_MAX):
        assert queue.claim().job_id == job_id
        expire(works, job_id)

    assert queue.claim() is None
    queue.sweep()
    found = row(works, job_id)
    assert (found.state, found.error_code, found.attempts) == ("failed", "worker_lost", 3)


def test_a_beat_keeps_the_claim_tells_progress_and_hears_of_a_cancellation(works, asked):
    job_id = asked()
    queue = Queue(works, holder="w")
    claim = queue.claim()
    before = row(works, job_id).lease_until

    assert queue.beat(claim, 0.5)
    assert row(works, job_id).progress == 0.5
    assert row(works, job_id).lease_until > before
    with works.begin(SYSTEM) as work:
        work.session.get(Job, job_id).cancel_requested = True
    assert not queue.beat(claim, 0.6)
    queue.cancelled(claim)
    assert row(works, job_id).state == "cancelled"


def test_one_person_does_not_fill_every_worker(works, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    for owner in (ada, ada, ada, eve):
        wanted = Wanted(universe_id=universe(owner).id, kind="wav", ticks=60)
        works.run(lambda work, asked=wanted: export.ask(work, asked), owner)
    queue = Queue(works, holder="w")

    owners = [row(works, queue.claim().job_id).owner_id for _ in range(3)]

    assert owners == [ada.user_id, ada.user_id, eve.user_id]
    assert queue.claim() is None


def test_files_nobody_has_are_swept_when_they_are_old(works, asked):
    queue = Queue(works, holder="w")
    asked()
    claim = queue.claim()
    for name in ("kept.wav", "young.part", "old.part"):
        (queue.files / name).write_bytes(b"x")
    queue.finish(claim, file="kept.wav", size=1, sha256="0" * 64)
    hour_ago = clock.now().timestamp() - 3600
    for name in ("kept.wav", "old.part"):
        os.utime(queue.files / name, (hour_ago, hour_ago))

    queue.sweep()

    assert sorted(path.name for path in queue.files.iterdir()) == ["kept.wav", "young.part"]


def test_a_file_goes_when_its_time_is_over(works, asked, monkeypatch):
    queue = Queue(works, holder="w")
    job_id = asked()
    (queue.files / "a.wav").write_bytes(b"x")
    queue.finish(queue.claim(), file="a.wav", size=1, sha256="0" * 64)
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)

    queue.sweep()

    assert list(queue.files.iterdir()) == []
    assert (row(works, job_id).state, row(works, job_id).file) == ("done", None)


def test_what_was_given_back_is_taken_again(works, asked):
    job_id = asked()
    queue = Queue(works, holder="w")
    queue.give_back(queue.claim())

    assert queue.claim().job_id == job_id


@pytest.mark.databases
def test_sign_ins_and_keys_go_a_while_after_their_end(works, person, caller, monkeypatch):
    ada = person()
    works.run(
        lambda work: once(work, "copy", "k", b"r", lambda: Answer(200, {}, b"")), caller("eve")
    )
    ada("POST", "auth/logout")
    queue, counted = Queue(works, holder="w"), []

    for days in (1, 3, 31):
        later = NOW + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda moment=later: moment)
        queue.sweep()
        with works.begin(SYSTEM, write=False) as work:
            tables = (SignIn, RefreshToken, IdempotencyKey)
            counted.append([work.session.query(table).count() for table in tables])

    assert counted == [[1, 1, 1], [1, 1, 0], [0, 0, 0]]


NOW = clock.now()
