import io
import json
import tracemalloc
import zipfile
from uuid import UUID

import pytest
from sqlalchemy import insert

from app.core.document import judge
from app.errors import LimitReached
from app.models import Comment, UniverseEvent
from app.services import belongings, keys, profiles, universes


def opened(works, who):
    """Fetch the archive and return it, whole in memory."""
    archive = works.run(belongings.archive, who, write=False)
    with archive.stream as stream:
        content = stream.read()
    assert len(content) == archive.size
    return zipfile.ZipFile(io.BytesIO(content))


def lines(archive, name):
    return [json.loads(line) for line in archive.read(name).splitlines()]


@pytest.mark.databases
def test_the_archive_holds_everything_and_nothing_of_others(works, caller, universe):
    ada, eve = caller("ada"), caller("eve")
    works.run(lambda work: profiles.change(work, {"handle": "ada", "bio": "Hello."}), ada)
    made = works.run(
        lambda work: keys.make(work, name="k", scopes=["exports"], expires_at=None), ada
    )
    own = universe(ada, document={"title": "Mine", "seed": 1})
    hers = universe(eve, visibility="unlisted", link_role="editor", document={"title": "Hers"})
    works.run(lambda work: universes.edit(work, own.id, {"seed": 2}), ada)
    works.run(lambda work: universes.edit(work, hers.id, {"seed": 3}), ada)
    with works.begin() as work:
        for author, text in ((ada, "by ada"), (eve, "by eve")):
            remark = Comment(
                universe_id=own.id, author_id=author.user_id, target="universe", text=text
            )
            work.session.add(remark)

    archive = opened(works, ada)

    account = json.loads(archive.read("account.json"))
    assert (account["profile"]["email"], account["profile"]["bio"]) == ("ada@example.org", "Hello.")
    assert made.secret not in str({name: archive.read(name) for name in archive.namelist()})
    documents = [name for name in archive.namelist() if name.startswith("universes/")]
    assert documents == [f"universes/{own.id}.json"]
    document = json.loads(archive.read(documents[0]))
    assert (document["title"], document["seed"]) == ("Mine", 2)
    assert judge(document)
    events = lines(archive, "events.jsonl")
    assert {UUID(event["universe"]) for event in events} == {own.id, hers.id}
    assert [one["text"] for one in lines(archive, "comments.jsonl")] == ["by ada"]
    assert "eve@" not in str({name: archive.read(name) for name in archive.namelist()})
    assert archive.testzip() is None


def test_an_archive_is_made_so_often_and_no_more(works, caller):
    ada = caller()
    for _ in range(6):
        opened(works, ada)

    with pytest.raises(LimitReached):
        opened(works, ada)


def test_of_very_much_the_newest_is_in_it(works, caller, universe, monkeypatch):
    monkeypatch.setattr(belongings, "ROWS_MAX", 2)
    ada = caller()
    own = universe(ada)
    for seed in range(4):
        works.run(lambda work, seed=seed: universes.edit(work, own.id, {"seed": seed}), ada)

    archive = opened(works, ada)

    assert [event["patch"]["seed"] for event in lines(archive, "events.jsonl")] == [3, 2]
    assert "newest 2" in archive.read("README.txt").decode()


def test_memory_does_not_grow_with_how_much_there_is(works, caller, universe, monkeypatch):
    monkeypatch.setattr(belongings, "SPOOLED_BYTES", 4_096)
    ada = caller()

    def peak(events):
        view = universe(ada)

        def fill(work):
            facts = {"kind": "journal", "actor_kind": "user", "actor_id": ada.user_id}
            facts |= {"universe_id": view.id, "patch": json.dumps({"text": "x" * 1_000})}
            facts["created_at"] = work.now
            rows = [facts | {"rev": 2 + number} for number in range(events)]
            work.session.execute(insert(UniverseEvent), rows)

        works.run(fill)
        tracemalloc.start()
        with works.run(belongings.archive, ada, write=False).stream:
            return tracemalloc.get_traced_memory()[1], tracemalloc.stop()

    peak(600)  # what is made once is not counted
    few, many = peak(1)[0], peak(6_000)[0]

    assert many < few + 1_000_000  # bytes; 6 MB of rows were read, held at once they take 9 MB more
