from dataclasses import replace

import pytest

from app.errors import (
    Conflict,
    Forbidden,
    InputError,
    LimitReached,
    ParameterError,
    Unauthenticated,
)
from app.models import User
from app.services import accounts, credentials, keys, post, profiles, signins
from app.services.account_views import PendingView
from app.services.signins import Device

OLD, NEW = "correct horse battery", "staple the battery horse"


@pytest.fixture
def ada(works):
    """Somebody with an account, signed in twice: the claims of both."""
    facts = {"email": "ada@example.org", "password": OLD, "device": Device()}
    first = works.run(lambda work: accounts.register(work, display_name=None, **facts))
    second = works.run(lambda work: accounts.login(work, **facts))
    return [works.tools.tokens.read(view.access_token) for view in (first, second)]


def login(works, password, email="ada@example.org"):
    return works.run(
        lambda work: accounts.login(work, email=email, password=password, device=Device())
    )


def change(works, who, current=OLD, new=NEW):
    works.run(lambda work: credentials.change_password(work, current=current, new=new), who)


def forgotten(works, email="ada@example.org"):
    return works.run(lambda work: credentials.forgotten(work, email))


def reset(works, token, password=NEW):
    works.run(lambda work: credentials.reset_password(work, token=token, password=password))


def move(works, who, email, password=OLD):
    return works.run(
        lambda work: credentials.change_email(work, password=password, email=email), who
    )


@pytest.mark.databases
def test_another_password_ends_every_other_device(works, ada):
    change(works, ada[1])

    assert works.run(profiles.me, ada[1]).email == "ada@example.org"
    with pytest.raises(Unauthenticated):
        works.run(profiles.me, ada[0])
    with pytest.raises(Unauthenticated):
        login(works, OLD)
    assert login(works, NEW)


def test_the_password_is_asked_again_and_guessing_it_is_slowed_down(works, ada):
    for _ in range(10):
        with pytest.raises(Forbidden) as refused:
            change(works, ada[0], current="not it at all")
        assert refused.value.code == "wrong_password"

    with pytest.raises(LimitReached):
        change(works, ada[0])
    assert works.run(signins.listing, ada[1])


@pytest.mark.parametrize("new", ["short", "password1", "ada@example.org"])
def test_a_weak_password_changes_nothing(works, ada, new):
    with pytest.raises(ParameterError):
        change(works, ada[0], new=new)

    assert login(works, OLD)
    assert works.run(profiles.me, ada[1])


@pytest.mark.databases
def test_a_forgotten_password_is_chosen_anew_by_letter_and_all_devices_end(works, ada, mailbox):
    forgotten(works)
    post.deliver(works)

    reset(works, mailbox.token("reset"))

    assert works.run(profiles.me, works.tools.tokens.read(login(works, NEW).access_token))
    for device in ada:
        with pytest.raises(Unauthenticated):
            works.run(profiles.me, device)
    with pytest.raises(InputError):
        reset(works, mailbox.token("reset"), "yet another battery")


def test_a_weak_password_leaves_the_link_to_try_again(works, ada, mailbox):
    forgotten(works)
    post.deliver(works)

    with pytest.raises(ParameterError):
        reset(works, mailbox.token("reset"), "password1")
    reset(works, mailbox.token("reset"))


def test_asking_for_nobody_is_answered_and_counted_alike_and_sends_nothing(works, ada, mailbox):
    known, unknown = forgotten(works), forgotten(works, "eve@example.org")

    assert known == PendingView("ada@example.org", 600)
    assert unknown == PendingView("eve@example.org", 600)
    assert post.deliver(works) == 1
    for email in ("ada@example.org", "eve@example.org"):
        for _ in range(2):
            forgotten(works, email)
        with pytest.raises(LimitReached):
            forgotten(works, email.upper())


@pytest.mark.databases
def test_strangers_who_ask_for_letters_keep_nobody_from_their_account(works, ada, mailbox):
    """However many ask from wherever, the owner finds a letter that opens the account."""

    def ask(address):
        works.run(lambda work: credentials.forgotten(work, "ada@example.org"), address=address)
        post.deliver(works)

    for number in range(36):
        ask(f"192.0.2.{number // 3}")
    with pytest.raises(LimitReached):
        ask("192.0.2.0")
    assert len(mailbox.letters) == 3

    owners = forgotten(works)

    assert owners == PendingView("ada@example.org", 600)
    reset(works, mailbox.token("reset"))
    assert login(works, NEW)
    forgotten(works)  # the link was used, so there is another letter
    post.deliver(works)
    reset(works, mailbox.token("reset"), OLD)


def test_letters_of_one_kind_leave_those_of_another(works, ada, mailbox):
    for number in range(3):
        facts = {"email": "ada@example.org", "password": NEW, "display_name": None}
        works.run(
            lambda work, facts=facts: accounts.register(work, **facts, device=Device()),
            address=f"192.0.2.{number}",
        )
    post.deliver(works)

    forgotten(works)
    post.deliver(works)

    reset(works, mailbox.token("reset"))


@pytest.mark.databases
def test_who_has_the_mailbox_ends_what_was_opened_before_it_was_theirs(works, ada, mailbox):
    """Without a mail server anybody may have taken the address; its letter ends their ways in."""
    made = works.run(
        lambda work: keys.make(work, name="k", scopes=["exports"], expires_at=None), ada[0]
    )
    forgotten(works)
    post.deliver(works)

    reset(works, mailbox.token("reset"))

    for held in (*ada, works.tools.tokens.credentials(made.secret)):
        with pytest.raises(Unauthenticated):
            works.run(profiles.me, held)


@pytest.mark.databases
def test_an_address_takes_in_no_account_but_of_who_knows_its_password(works, ada, mailbox):
    move(works, ada[0], "eve@example.org")
    post.deliver(works)

    with pytest.raises(Forbidden) as refused:
        works.run(
            lambda work: credentials.confirm_email(work, mailbox.token("email"), password=NEW)
        )

    assert refused.value.code == "wrong_password"
    assert works.run(profiles.me, ada[0]).email == "ada@example.org"


def test_a_changed_password_voids_the_letters_that_wait(works, ada, mailbox):
    forgotten(works)
    move(works, ada[0], "countess@example.org")
    post.deliver(works)

    change(works, ada[0])

    with pytest.raises(InputError):
        reset(works, mailbox.token("reset"), "an attacker's password")
    with pytest.raises(InputError):
        works.run(
            lambda work: credentials.confirm_email(work, mailbox.token("email"), password=OLD)
        )


@pytest.mark.databases
def test_an_address_moves_when_the_new_one_confirms_and_the_old_is_told(works, ada, mailbox):
    assert move(works, ada[0], "Countess@example.org") == PendingView("Countess@example.org", 3600)
    assert works.run(profiles.me, ada[0]).email == "ada@example.org"
    post.deliver(works)
    assert login(works, OLD)

    works.run(lambda work: credentials.confirm_email(work, mailbox.token("email"), password=OLD))
    post.deliver(works)

    found = works.run(profiles.me, ada[0])
    assert (found.email, found.email_confirmed) == ("Countess@example.org", True)
    assert mailbox.letters[-1]["To"] == "ada@example.org"
    assert "countess" not in mailbox.letters[-1].get_content().lower()
    with pytest.raises(Unauthenticated):
        login(works, OLD)
    assert login(works, OLD, "countess@example.org")


def test_of_two_changes_the_later_counts(works, ada, mailbox):
    move(works, ada[0], "first@example.org")
    post.deliver(works)
    first = mailbox.token("email")
    move(works, ada[0], "second@example.org")
    post.deliver(works)

    with pytest.raises(InputError):
        works.run(lambda work: credentials.confirm_email(work, first, password=OLD))
    works.run(lambda work: credentials.confirm_email(work, mailbox.token("email"), password=OLD))
    assert works.run(profiles.me, ada[0]).email == "second@example.org"


def test_a_taken_address_is_answered_like_a_free_one_and_its_holder_told(
    works, ada, caller, mailbox
):
    caller("eve")

    assert move(works, ada[0], "eve@example.org") == PendingView("eve@example.org", 3600)
    post.deliver(works)

    assert "account already" in mailbox.letters[-1]["Subject"]
    assert "#email=" not in mailbox.letters[-1].get_content()


def test_an_address_taken_meanwhile_is_not_moved_to(works, ada, caller, mailbox):
    move(works, ada[0], "eve@example.org")
    post.deliver(works)
    caller("eve")

    with pytest.raises(Conflict):
        works.run(
            lambda work: credentials.confirm_email(work, mailbox.token("email"), password=OLD)
        )
    assert works.run(profiles.me, ada[0]).email == "ada@example.org"


def test_without_a_mail_server_an_address_moves_at_once_and_unconfirmed(works, ada, caller):
    caller("eve")

    moved = move(works, ada[0], "countess@example.org")

    assert (moved.email, moved.email_confirmed) == ("countess@example.org", False)
    with pytest.raises(Conflict):
        move(works, ada[0], "eve@example.org")


def test_a_link_of_somebody_disabled_does_nothing(works, ada, mailbox):
    forgotten(works)
    post.deliver(works)
    with works.begin() as work:
        work.session.get(User, ada[0].user_id).disabled_at = work.now

    with pytest.raises(InputError):
        reset(works, mailbox.token("reset"))


def test_without_a_mail_server_too_the_old_address_is_told_that_it_counts_no_more(
    works, ada, mailbox
):
    works.tools = replace(works.tools, post=replace(works.tools.post, confirms=False))

    assert move(works, ada[0], "countess@example.org").email == "countess@example.org"
    post.deliver(works)

    assert [letter["To"] for letter in mailbox.letters] == ["ada@example.org"]
    assert "countess" not in mailbox.letters[0].get_content().lower()
