import threading
import time

import pytest

from app.errors import ParameterError, Unavailable
from app.services import passwords
from app.services.passwords import NOBODY, Passwords


@pytest.fixture(scope="module")
def keeper():
    return Passwords()


def test_a_password_matches_its_own_hash_and_no_other(keeper):
    kept = keeper.hash("correct horse")

    assert keeper.matches(kept, "correct horse")
    assert not keeper.matches(kept, "correct horse ")
    assert kept != keeper.hash("correct horse")


def test_nobody_has_no_password_and_takes_as_long_to_find_out(keeper):
    began = time.process_time()
    assert not keeper.matches(None, "anything at all")
    unknown_s = time.process_time() - began

    assert unknown_s > 0.005  # a hash was computed; without one it takes microseconds
    assert not keeper.outdated(NOBODY)


def test_what_is_kept_names_its_cost(keeper):
    assert keeper.hash("x" * 8).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert keeper.outdated("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g")


def test_a_damaged_hash_matches_nothing(keeper):
    assert not keeper.matches("not a hash", "correct horse")


def test_one_too_many_at_once_is_asked_to_come_back():
    keeper = Passwords(at_once=1, patience_s=0.01)
    inside, leave = threading.Event(), threading.Event()

    def occupy():
        with keeper._turn():
            inside.set()
            leave.wait(10)

    other = threading.Thread(target=occupy)
    other.start()
    inside.wait(10)
    with pytest.raises(Unavailable) as refused:
        keeper.hash("correct horse")
    leave.set()
    other.join()

    assert refused.value.retry_after_s == 2
    assert keeper.hash("correct horse")


@pytest.mark.parametrize(
    "password",
    [
        "x" * 7,
        "x" * 129,
        "PASSWORD",
        "Mundi123",
        "ada@x.org",
        "qazwsxedc",
        "ncc1701d",
        "1q2w3e4r5t6y",
        "Universe!2026",
        "mundi   ",
        "01012010",
    ],
)
def test_what_anybody_would_try_first_is_refused(password):
    with pytest.raises(ParameterError):
        passwords.judge(password, email="Ada@x.org")


@pytest.mark.parametrize(
    "password",
    ["xkcd-936", "x" * 128, "пароль-пароль", "    spaces", "x" * 64, "universes collide"],
)
def test_length_is_what_counts(password):
    passwords.judge(password, email="ada@x.org")


def test_a_password_is_the_same_from_every_keyboard(keeper):
    kept = keeper.hash("caf\u00e9 battery")

    assert keeper.matches(kept, "cafe\u0301 battery")
    assert not keeper.matches(kept, "cafe battery")
