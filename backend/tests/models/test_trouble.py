import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from app.errors import Unavailable
from app.models.trouble import ATTEMPTS, Again, Collision, again_if_asked, translated, translation


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("database or disk is full", "storage_full"),
        ("could not extend file: No space left on device", "storage_full"),
        ("disk I/O error", "storage_error"),
        ("database is locked", "busy"),
    ],
)
def test_a_storage_that_fails_is_told_as_what_it_is(text, code):
    fault = translation(OperationalError("UPDATE", {}, Exception(text)))

    assert isinstance(fault, Unavailable)
    assert fault.code == code
    assert fault.retry_after_s > 0


def test_what_collides_is_done_again_and_what_is_done_is_not():
    tries = []

    def act():
        tries.append(1)
        with translated():
            if len(tries) < ATTEMPTS:
                raise IntegrityError("INSERT", {}, Exception("UNIQUE"))
            return "made"

    assert (again_if_asked(act), len(tries)) == ("made", ATTEMPTS)


@pytest.mark.parametrize("fault", [Again("deadlock"), Collision("first")])
def test_what_goes_on_failing_is_told_after_the_last_try(fault):
    tries = []

    def act():
        tries.append(1)
        raise fault

    with pytest.raises(type(fault)):
        again_if_asked(act)

    assert len(tries) == ATTEMPTS
