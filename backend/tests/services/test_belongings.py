import io
import json
import zipfile
from uuid import UUID

import pytest

from app.core.document import judge
from app.errors import LimitReached
from app.models import Comment
from app.services import belongings, keys, profiles, universes


def opened(works, who):
    """Fetch the archive and return it, whole in memory."""
    with works.run(belongings.archive, who, write=False) as stream:
        return zipfile.ZipFile(io.BytesIO(stream.read()))


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
