from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.models import Mail, User
from app.services import accounts, credentials, post, promises
from app.services.signins import Device
from app.services.views import MailWaits
from app.utils import clock

HOUR = timedelta(hours=1)


def promised(works, purpose="confirm", **facts):
    facts = {"email": "ada@example.org", "lasts": HOUR} | facts

    def act(work):
        token = promises.make(work, purpose, **facts)
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


@pytest.mark.databases
def test_a_letter_that_anybody_may_ask_for_is_put_in_alike_whoever_it_is_for(
    works, mailbox, caller
):
    """Nothing that is written tells who has an account: it is looked up when the letter leaves."""
    caller("ada")

    def rows(name):
        email, seen = f"{name}@example.org", []
        facts = {"email": email, "password": "correct horse battery", "display_name": None}
        for act in (
            lambda work: credentials.forgotten(work, email),
            lambda work: accounts.register(work, **facts, device=Device()),
        ):
            with statements(works) as said:
                works.run(act, address=name)
            seen.append(said)
        return seen

    known, unknown = rows("ada"), rows("eve")

    assert known == unknown
    assert not any("FROM users" in one for said in known for one in said)
    with works.begin() as work:
        assert work.session.query(Mail).count() == 4
    assert post.deliver(works) == 3  # none to Eve, whose password was not forgotten
    told = [(letter["To"], letter["Subject"]) for letter in mailbox.letters]
    assert told == [
        ("ada@example.org", "Choose a new password"),
        ("ada@example.org", "You have an account already"),
        ("eve@example.org", "Confirm your account"),
    ]
    with works.begin() as work:
        assert work.session.query(Mail).count() == 0


@contextmanager
def statements(works):
    """Note the statements a process runs on a database."""
    said = []

    def keep(_connection, _cursor, statement, *_):
        said.append(statement)

    event.listen(works._engine, "before_cursor_execute", keep)
    yield said
    event.remove(works._engine, "before_cursor_execute", keep)


def test_a_letter_for_somebody_who_forgot_keeps_its_link_through_every_attempt(
    works, mailbox, caller, monkeypatch
):
    caller("ada")
    works.run(lambda work: credentials.forgotten(work, "Ada@example.org"))
    mailbox.broken = OSError("no")
    post.deliver(works)
    with works.begin() as work:
        token = work.tools.tokens.mailed(work.session.query(Mail).one().token_id)
    mailbox.broken = None
    later = clock.now() + post.FIRST_WAIT * 1.1
    monkeypatch.setattr(clock, "now", lambda: later)

    assert post.deliver(works) == 1
    assert mailbox.token("reset") == token


def test_a_letter_for_somebody_who_forgot_is_given_up_when_its_link_would_be_too_old(
    works, mailbox, caller, monkeypatch
):
    caller("ada")
    works.run(lambda work: credentials.forgotten(work, "ada@example.org"))
    later = clock.now() + post.RESET_WITHIN
    monkeypatch.setattr(clock, "now", lambda: later)

    assert post.deliver(works) == 0
    assert mailbox.tries == 0


def test_no_letter_goes_to_somebody_disabled(works, mailbox, caller):
    who = caller("ada")
    with works.begin() as work:
        work.session.get(User, who.user_id).disabled_at = work.now
    works.run(lambda work: credentials.forgotten(work, "ada@example.org"))

    assert post.deliver(works) == 0


def test_letters_that_could_not_be_sent_are_counted_once(works, mailbox, caller, monkeypatch):
    caller("ada")
    mailbox.broken = OSError("no")
    now = clock.now()
    works.run(lambda work: credentials.forgotten(work, "ada@example.org"))
    for minutes in (1, 3, 7):
        monkeypatch.setattr(clock, "now", lambda m=minutes: now + timedelta(minutes=m))
        post.deliver(works)
    mailbox.broken = None
    for number in range(3):
        works.run(
            lambda work: credentials.forgotten(work, "ada@example.org"), address=f"192.0.2.{number}"
        )
        post.deliver(works)

    assert mailbox.tries == 5  # three in vain, and the two that were left


def test_a_letter_whose_link_is_too_old_is_not_sent(works, mailbox, monkeypatch):
    promised(works)
    later = clock.now() + 2 * HOUR
    monkeypatch.setattr(clock, "now", lambda: later)

    assert post.deliver(works) == 0
    assert mailbox.tries == 0
