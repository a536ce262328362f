"""The one tree of errors.

    MundiError
    ├── InputError            what was offered cannot be taken; nothing has changed
    │   ├── SyntaxFault       not JSON, or not a document of ours at all
    │   ├── DocumentError     a universe with faults, each at its JSON path
    │   ├── ParameterError    one value out of its range
    │   └── TooLarge          more bytes than we take
    ├── Unauthenticated       we do not know who is asking
    ├── Forbidden             we know, and they may not
    ├── NotFound              not there, or not to be seen by them
    ├── Conflict              the name is taken, or another act came first
    │   ├── QuotaReached      as many as there may be: another has to go first
    │   ├── Stale             the revision named is no longer the newest
    │   └── RevisionMissing   a change must name the revision it changes
    ├── LimitReached          too often or too much at once: waiting helps
    └── Unavailable           not now; trying again later may work

Doors translate these to a status or an exit code; nobody else catches them.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a document: where it is, and what would do instead."""

    path: str
    message: str


class MundiError(Exception):
    """The root: a stable code for programs and a sentence for people."""

    code = "internal"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class InputError(MundiError):
    """What was offered cannot be taken."""

    code = "invalid"

    def __init__(
        self, message: str, *, code: str | None = None, problems: Sequence[Problem] = ()
    ) -> None:
        super().__init__(message, code=code)
        self.problems = tuple(problems)


class SyntaxFault(InputError):
    """The bytes are not the JSON we take."""

    code = "malformed"


class DocumentError(InputError):
    """A universe has faults; `problems` names the JSON path of each."""

    code = "invalid_document"


class ParameterError(InputError):
    """A parameter is out of its range."""

    code = "invalid_parameter"


class TooLarge(InputError):
    """More bytes, bodies or seconds than we take."""

    code = "too_large"


class Unauthenticated(MundiError):
    """We do not know who is asking."""

    code = "unauthenticated"


class Forbidden(MundiError):
    """The caller may see this, and may not do that."""

    code = "forbidden"


class NotFound(MundiError):
    """Not there, or not to be seen by the caller: the two are told alike."""

    code = "not_found"


class Conflict(MundiError):
    """Taken already, or another act came first."""

    code = "conflict"


class QuotaReached(Conflict):
    """As many as there may be. Waiting does not help, taking one away does."""

    code = "quota"


class Stale(Conflict):
    """The revision named is no longer the newest; `rev` is."""

    code = "stale_revision"

    def __init__(self, message: str, *, rev: int) -> None:
        super().__init__(message)
        self.rev = rev


class RevisionMissing(Conflict):
    """A change must name the revision it changes."""

    code = "revision_required"


class LimitReached(MundiError):
    """Too often, or too much at once; after `retry_after_s` it may be tried again."""

    code = "limit_reached"

    def __init__(self, message: str, *, code: str | None = None, retry_after_s: float) -> None:
        super().__init__(message, code=code)
        self.retry_after_s = retry_after_s


class Unavailable(MundiError):
    """Not now; trying again after `retry_after_s` may work."""

    code = "unavailable"

    def __init__(
        self, message: str, *, code: str | None = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.retry_after_s = retry_after_s
