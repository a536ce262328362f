import pytest

from app.errors import Conflict, LimitReached, NotFound, ParameterError
from app.schemas.jobs import JobOut
from app.services import export, universes
from app.services.conditions import at
from app.services.export import Wanted, plain_name
from app.services.queue import Queue
from app.services.views import JobQueued
from app.services.work import Caller


def ask(works, who, made, **facts):
    wanted = Wanted(**{"universe_id": made.id, "kind": "wav", "ticks": 120} | facts)
    return works.run(lambda work: export.ask(work, wanted), who)


def test_a_job_holds_the_universe_as_it_was(works, caller, universe):
    ada = caller()
    made = universe(ada, document={"seed": 5})
    ask(works, ada, made, options={"encoding": "pcm16"})
    works.run(lambda work: universes.edit(work, made.id, {"seed": 6}), ada)

    claim = Queue(works, holder="w").claim()

    assert '"seed":5,"start":0,"take":1,"ticks":120,"universe":{"seed":5}' in claim.snapshot
    assert '"options":{"encoding":"pcm16"}' in claim.snapshot


@pytest.mark.parametrize("facts", [{"ticks": 0}, {"ticks": 72_001}, {"start": 2**40}])
def test_what_is_too_long_is_refused_before_it_waits(works, caller, universe, facts):
    ada = caller()
    made = universe(ada)

    with pytest.raises(ParameterError):
        ask(works, ada, made, **facts)
    assert Queue(works, holder="w").claim() is None


def test_the_product_counts_where_each_factor_is_legal(works, caller, universe):
    ada = caller()
    many = {f"b-{number}": {} for number in range(2_000)}
    made = universe(ada, document={"bodies": many})

    assert ask(works, ada, made, ticks=120).price == 120 * 2_004
    with pytest.raises(ParameterError) as dear:
        ask(works, ada, made, ticks=72_000)
    assert dear.value.code == "too_expensive"


def test_a_user_has_so_many_at_once(works, caller, universe):
    ada = caller()
    made = universe(ada)
    jobs = [ask(works, ada, made) for _ in range(12)]

    with pytest.raises(LimitReached):
        ask(works, ada, made)
    works.run(lambda work: export.remove(work, jobs[0].id, kind="wav"), ada)
    ask(works, ada, made)


def test_a_job_is_told_to_workers_after_its_commit(works, caller, universe):
    ada, heard = caller(), []
    made = universe(ada)
    works.listen(heard.append)

    job = ask(works, ada, made)

    assert heard == [JobQueued(job.id)]


def test_a_job_is_there_only_for_whoever_asked(works, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada, visibility="public")
    job = ask(works, ada, made)

    for act in (export.read, export.remove, export.file):
        with pytest.raises(NotFound):
            works.run(lambda work, do=act: do(work, job.id, kind="wav"), eve)
    with pytest.raises(NotFound):
        works.run(lambda work: export.read(work, job.id, kind="png"), ada)


def finished(works, made, ada, data=b"RIFF"):
    job = ask(works, ada, made)
    queue = Queue(works, holder="w")
    claim = queue.claim()
    name = f"{job.id}-1.wav"
    (works.tools.files / name).write_bytes(data)
    assert queue.finish(claim, file=name, size=len(data), sha256="0" * 64)
    return job


def test_a_finished_file_is_given_to_whoever_may_still_see_its_universe(works, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    made = universe(ada, title="Ünï / verse", visibility="public")
    job = finished(works, made, eve)

    file = works.run(lambda work: export.file(work, job.id), eve)
    assert (file.path.read_bytes(), file.size, file.filename) == (b"RIFF", 4, "n-verse.wav")

    change = {"visibility": "private", "condition": at(1)}
    works.run(lambda work: universes.change(work, made.id, **change), ada)
    with pytest.raises(NotFound):
        works.run(lambda work: export.file(work, job.id), eve)


def test_a_finished_render_says_how_loud_it_became(works, caller, universe):
    ada = caller()
    job = ask(works, ada, universe(ada))
    queue = Queue(works, holder="w")
    sound = {"loudness": -14.1, "true_peak_db": -1.8, "gain_db": 2.5, "limited": True}
    assert queue.finish(
        queue.claim(), file="x.wav", size=4, sha256="0" * 64, report={"sound": sound}
    )

    view = works.run(lambda work: export.read(work, job.id, kind="wav"), ada)
    assert view.report == {"sound": sound}
    assert JobOut.model_validate(view).sound.loudness == -14.1


def test_there_is_no_file_before_it_is_done_nor_after_it_expired(works, caller, universe):
    ada = caller()
    made = universe(ada)
    waiting = ask(works, ada, made)
    with pytest.raises(Conflict, match="queued"):
        works.run(lambda work: export.file(work, waiting.id), ada)

    works.run(lambda work: export.remove(work, waiting.id, kind="wav"), ada)
    done = finished(works, made, ada)
    for path in works.tools.files.iterdir():
        path.unlink()
    with pytest.raises(NotFound, match="ask for it again"):
        works.run(lambda work: export.file(work, done.id), ada)


def test_jobs_are_listed_in_pages_by_kind(works, caller, universe):
    ada = caller()
    made = universe(ada)
    jobs = [ask(works, ada, made).id for _ in range(3)]
    ask(works, ada, made, kind="png")

    def page(cursor):
        return works.run(lambda work: export.listing(work, kind="wav", cursor=cursor, limit=2), ada)

    first = page(None)
    second = page(first.next_cursor)

    assert [job.id for job in (*first.items, *second.items)] == jobs[::-1]
    assert second.next_cursor is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Two balls", "two-balls"),
        ("../../etc/passwd", "etc-passwd"),
        ('a"b\r\nSet-Cookie: x', "a-b-set-cookie-x"),
        ("\u202egnp.exe", "gnp-exe"),
        ("宇宙", "universe"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_file_name_needs_no_quoting(title, name):
    assert plain_name(title) == name


def test_a_guest_may_not_ask(works, caller, universe):
    made = universe(caller(), visibility="public")

    with pytest.raises(Exception, match="sign in"):
        ask(works, Caller(), made)
