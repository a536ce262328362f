from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from app.errors import Forbidden, InputError, Unauthenticated
from app.models import MailToken, User
from app.services import accounts, credentials, post, profiles, promises
from app.services.account_views import PendingView
from app.services.signins import Device
from app.utils import clock

HOUR = timedelta(hours=1)


def promised(works, purpose="reset", address="", **facts):
    facts = {"email": "ada@example.org", "lasts": HOUR} | facts

    def act(work):
        token = promises.make(work, purpose, **facts)
        if purpose != "reset":
            post.put(work, purpose, facts["email"], token)
        return work.tools.tokens.mailed(token.id)

    return works.run(act, address=address)


def test_nothing_in_the_database_opens_anything(works, mailbox):
    token = promised(works, "confirm")
    post.deliver(works)

    with works.begin() as work:
        kept = work.session.query(MailToken).one()
        assert token not in [str(value) for value in vars(kept).values()]
    assert token in mailbox.letters[0].get_content()


@pytest.mark.databases
def test_a_link_does_once(works):
    token = promised(works)

    assert works.run(lambda work: promises.take(work, "reset", token).email) == "ada@example.org"
    with pytest.raises(InputError) as refused:
        works.run(lambda work: promises.take(work, "reset", token))
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
            works.run(lambda work, p=purpose, o=offered: promises.take(work, p, o))
    later = clock.now() + 2 * HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(InputError):
        works.run(lambda work: promises.take(work, "reset", token))


def test_a_newer_link_voids_the_older_of_the_same_person(works, caller):
    ada, eve = caller("ada").user_id, caller("eve").user_id
    first = promised(works, user_id=ada)
    others = promised(works, user_id=eve, email="eve@example.org")

    second = promised(works, user_id=ada)

    with pytest.raises(InputError):
        works.run(lambda work: promises.take(work, "reset", first))
    assert works.run(lambda work: promises.take(work, "reset", second).user_id) == ada
    assert works.run(lambda work: promises.take(work, "reset", others).user_id) == eve


def rivals(works, token, address=""):
    return works.run(
        lambda work: [one.display_name for one in promises.rivals(work, "confirm", token)],
        address=address,
    )


@pytest.mark.databases
def test_a_letter_opens_what_was_asked_for_its_mailbox_be_it_by_others(works):
    first = promised(works, "confirm", address="192.0.2.1", display_name="first")
    promised(works, "confirm", address="192.0.2.2", display_name="ours")
    for number in range(9):
        promised(works, "confirm", address=f"192.0.2.{number + 3}", display_name=f"late {number}")
    promised(works, "confirm", email="eve@example.org", display_name="of another mailbox")
    promised(works, "reset", display_name="of another purpose")

    late = ["late 8", "late 7", "late 6", "late 5"]
    assert rivals(works, first) == ["first", *late]
    # However many come later: what was asked from the place one is at is found.
    assert rivals(works, first, "192.0.2.2") == ["first", "ours", *late[:3]]


def test_what_was_taken_leaves_nothing_for_its_mailbox(works):
    first = promised(works, "confirm", display_name="first")
    second = promised(works, "confirm", display_name="second")
    chosen = works.run(lambda work: promises.rivals(work, "confirm", first)[1].id)

    taken = works.run(lambda work: promises.take(work, "confirm", first, chosen))

    assert taken.display_name == "second"
    for token in (first, second):
        with pytest.raises(InputError):
            works.run(lambda work, t=token: promises.look(work, "confirm", t))


def test_what_is_gone_meanwhile_is_not_taken(works):
    token = promised(works, "confirm")

    with pytest.raises(InputError):
        works.run(lambda work: promises.take(work, "confirm", token, uuid4()))
    assert works.run(lambda work: promises.look(work, "confirm", token))


@pytest.mark.databases
def test_a_move_that_was_withdrawn_proves_a_mailbox_and_moves_nobody(works, caller):
    ada, eve = caller("ada").user_id, caller("eve").user_id
    hers = promised(works, "email", email="new@example.org", user_id=eve)
    promised(works, "email", email="New@example.org", user_id=ada)
    works.run(lambda work: promises.withdraw(work, eve, "email"))

    left = works.run(lambda work: [one.user_id for one in promises.rivals(work, "email", hers)])

    assert left == [ada]


@pytest.mark.databases
def test_what_was_asked_for_a_mailbox_is_found_by_an_index(works):
    token, seen = promised(works, "confirm"), []

    def keep(_connection, _cursor, statement, parameters, _context, _many):
        seen.append((statement, parameters))

    with works.begin() as work:
        engine = work.session.get_bind()
        event.listen(engine, "before_cursor_execute", keep)
        promises.rivals(work, "confirm", token)
        event.remove(engine, "before_cursor_execute", keep)
        sqlite = engine.dialect.name == "sqlite"
        line = work.session.connection()
        if not sqlite:  # where there is but a row, it would rather read the table
            line.exec_driver_sql("SET LOCAL enable_seqscan = off")
        words = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
        plan = str(line.exec_driver_sql(words + seen[-1][0], seen[-1][1]).all())

    assert "ix_mail_tokens_mailbox_purpose" in plan


OURS, THEIRS = "correct horse battery", "an attacker's battery"


@pytest.mark.databases
def test_strangers_who_ask_for_letters_keep_nobody_from_an_account(works, mailbox):
    """However many register a mailbox from wherever, who holds it opens the account they asked for."""

    def ask(address, password):
        facts = {"email": "eve@example.org", "password": password, "display_name": None}
        view = works.run(
            lambda work: accounts.register(work, **facts, device=Device()), address=address
        )
        post.deliver(works)
        return view

    for number in range(6):
        ask(f"192.0.2.{number}", THEIRS)
    rightful = ask("203.0.113.7", OURS)
    for number in range(6):
        ask(f"198.51.100.{number}", THEIRS)

    assert rightful == PendingView("eve@example.org", 24 * 3600)
    assert len(mailbox.letters) == 3  # and not one more: a mailbox is not flooded either
    link = mailbox.token("confirm")
    works.run(
        lambda work: accounts.confirm(work, link, password=OURS, device=Device()),
        address="203.0.113.7",
    )
    assert signed_in(works, "eve", OURS)
    with pytest.raises(Unauthenticated):
        signed_in(works, "eve", THEIRS)


@pytest.mark.databases
def test_strangers_who_move_to_a_mailbox_keep_nobody_from_moving_there(works, caller, mailbox):
    """Three others use up its letters, and want them no more: one of them does for the fourth."""

    def move(name, password, *emails, address=""):
        claims = signed_in(works, name, password)
        for email in emails:
            works.run(
                lambda work, email=email: credentials.change_email(
                    work, password=password, email=email
                ),
                claims,
                address=address,
            )
            post.deliver(works)
        return claims

    def confirm(password):
        letters = [one for one in mailbox.letters if one["To"] == "new@example.org"]
        assert len(letters) == 3
        link = letters[-1].get_content().split("#email=")[1].split()[0]
        works.run(lambda work: credentials.confirm_email(work, link, password=password))

    keep_password(works, caller("ada").user_id, OURS)
    for number, name in enumerate(("eve", "mal", "sly")):
        keep_password(works, caller(name).user_id, THEIRS)
        there = "new@example.org", f"else{number}@example.org"
        move(name, THEIRS, *there, address=f"192.0.2.{number}")

    ada = move("ada", OURS, "new@example.org")

    with pytest.raises(Forbidden):  # whose link it was asks for nothing here now
        confirm(THEIRS)
    confirm(OURS)
    assert works.run(profiles.me, ada).email == "new@example.org"


def keep_password(works, user_id, password):
    with works.begin() as work:
        kept = work.tools.passwords.hash(password)
        work.session.get(User, user_id).password_hash = kept


def signed_in(works, name, password):
    facts = {"email": f"{name}@example.org", "password": password, "device": Device()}
    view = works.run(lambda work: accounts.login(work, **facts))
    return works.tools.tokens.read(view.access_token)
