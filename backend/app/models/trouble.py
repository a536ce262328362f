"""What a database refuses, in the words of our errors, and what may be tried again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.errors import Conflict, Unavailable

Result = TypeVar("Result")
ATTEMPTS = 5
# Postgres: could not serialize, deadlock. The act has not happened and may be tried again.
_AGAIN = {"40001", "40P01"}


class Again(Unavailable):
    """The database undid the act because of another one at the same time."""

    code = "busy"


class Collision(Conflict):
    """Another act made the same thing first; done again, this one will see it."""


def again_if_asked(once: Callable[[], Result]) -> Result:
    """Do an act, again if the database asks for that."""
    for _ in range(ATTEMPTS - 1):
        try:
            return once()
        except (Again, Collision):
            continue
    return once()


@contextmanager
def translated() -> Iterator[None]:
    """Tell what a database refuses in the words of our errors."""
    try:
        yield
    except IntegrityError as fault:
        raise Collision("another act came first; look again and repeat") from fault
    except PoolTimeout as fault:
        raise Unavailable("the database has no connection free", retry_after_s=1) from fault
    except DBAPIError as fault:
        raise translation(fault) from fault


def translation(fault: DBAPIError) -> Exception:
    """Give the error that a driver's fault is to whoever asked."""
    if getattr(fault.orig, "sqlstate", None) in _AGAIN:
        return Again("others were changing the same thing; try again", retry_after_s=1)
    if not isinstance(fault, OperationalError):
        return fault
    text = str(fault.orig).lower()
    if "disk is full" in text or "no space" in text:
        return Unavailable("the storage is full", code="storage_full", retry_after_s=5)
    if "i/o error" in text:
        return Unavailable("the storage failed", code="storage_error", retry_after_s=5)
    return Unavailable("the database is busy or away", code="busy", retry_after_s=1)
