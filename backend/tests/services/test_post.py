from datetime import timedelta

import pytest

from app.errors import InputError
from app.models import Mail, MailToken
from app.services import post
from app.services.views import MailWaits
from app.utils import clock

HOUR = timedelta(hours=1)


def promised(works, purpose="reset", **facts):
    facts = {"email": "ada@example.org", "lasts": HOUR} | facts

    def act(work):
        token = post.promise(work, purpose, **facts)
        post.put(work, purpose, facts["email"], token)
        return work.tools.tokens.mailed(token.id)

    return works.run(act)


def test_a_letter_leaves_after_its_commit_and_only_then(works, mailbox):
    heard = []
    works.listen(heard.append)

    def regretted(work):
        post.put(work, "gone", "ada@example.org")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        works.run(regretted)
    assert post.deliver(works) == 0
    assert heard == []
    works.run(lambda work: post.put(work, "gone", "ada@example.org"))
    assert heard == [MailWaits()]
    assert post.deliver(works) == 1
    assert [letter["To"] for letter in mailbox.letters] == ["ada@example.org"]
    assert post.deliver(works) == 0


def test_nothing_in_the_database_opens_anything(works, mailbox):
    token = promised(works)
    post.deliver(works)

    with works.begin() as work:
        kept = work.session.query(MailToken).one()
        assert token not in [str(value) for value in vars(kept).values()]
    assert token in mailbox.letters[0].get_content()


@pytest.mark.databases
def test_a_link_does_once(works):
    token = promised(works)

    assert works.run(lambda work: post.take(work, "reset", token).email) == "ada@example.org"
    with pytest.raises(InputError) as refused:
        works.run(lambda work: post.take(work, "reset", token))
    assert refused.value.code == "invalid_link"


def test_a_link_does_only_what_it_was_made_for_and_in_its_time(works, monkeypatch):
    token = promised(works)

    for purpose, offered in (
        ("email", token),
        ("reset", token[:-1]),
        ("reset", "x"),
        ("reset", ""),
    ):
        with pytest.raises(InputError):
            works.run(lambda work, p=purpose, o=offered: post.take(work, p, o))
    later = clock.now() + 2 * HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(InputError):
        works.run(lambda work: post.take(work, "reset", token))


def test_a_newer_link_voids_the_older_of_the_same_person(works, caller):
    ada, eve = caller("ada").user_id, caller("eve").user_id
    first, others = promised(works, user_id=ada), promised(works, user_id=eve)

    second = promised(works, user_id=ada)

    with pytest.raises(InputError):
        works.run(lambda work: post.take(work, "reset", first))
    assert works.run(lambda work: post.take(work, "reset", second).user_id) == ada
    assert works.run(lambda work: post.take(work, "reset", others).user_id) == eve


@pytest.mark.databases
def test_a_letter_that_failed_goes_again_later(works, mailbox, monkeypatch, capsys):
    promised(works, lasts=timedelta(days=30))
    mailbox.broken = ConnectionRefusedError("550 ada@example.org: no")

    assert post.deliver(works) == 0
    assert "ada@example.org" not in str(capsys.readouterr())
    mailbox.broken = None
    assert post.deliver(works) == 0  # not yet
    later = clock.now() + post.FIRST_WAIT * 1.1
    monkeypatch.setattr(clock, "now", lambda: later)
    assert post.deliver(works) == 1


def test_a_letter_is_given_up_after_so_many_attempts(works, mailbox, monkeypatch):
    works.run(lambda work: post.put(work, "gone", "ada@example.org"))
    mailbox.broken = OSError("no")
    now = clock.now()
    for attempt in range(post.ATTEMPTS_MAX + 1):
        monkeypatch.setattr(clock, "now", lambda days=attempt: now + timedelta(days=10 * days))
        post.deliver(works)

    assert mailbox.tries == post.ATTEMPTS_MAX
    with works.begin() as work:
        assert work.session.query(Mail).count() == 0


def test_a_letter_to_nobody_is_dropped_unsent(works, mailbox):
    works.run(lambda work: post.put(work, post.NOBODY, "eve@example.org"))

    assert post.deliver(works) == 0
    assert mailbox.tries == 0
    with works.begin() as work:
        assert work.session.query(Mail).count() == 0


def test_a_letter_whose_link_is_too_old_is_not_sent(works, mailbox, monkeypatch):
    promised(works)
    later = clock.now() + 2 * HOUR
    monkeypatch.setattr(clock, "now", lambda: later)

    assert post.deliver(works) == 0
    assert mailbox.tries == 0
