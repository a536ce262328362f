"""What the server answers, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


class _Value:
    """A value made from the members of a JSON object that it knows."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read an object of the API; members this version does not know are left out."""
        names = [one.name for one in fields(cls)]  # type: ignore[arg-type]  # only dataclasses
        return cls(**{name: data[name] for name in names if name in data})


@dataclass(frozen=True, slots=True)
class Profile(_Value):
    """Oneself."""

    id: str
    email: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Person(_Value):
    """Somebody else."""

    id: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Universe(_Value):
    """A universe; `document` is None in lists, `etag` names the revision that was read."""

    id: str
    title: str
    visibility: str
    link_role: str
    rev: int
    role: str
    owner: Mapping[str, Any] | None = None
    example: str | None = None
    document: Mapping[str, Any] | None = None
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Job(_Value):
    """An export and how far it is."""

    id: str
    kind: str
    universe_id: str
    state: str  # queued running done failed cancelled
    progress: float
    size: int | None = None
    sha256: str | None = None
    error: Mapping[str, Any] | None = None
    file: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Fault(_Value):
    """One fault of what was sent, at its JSON path."""

    path: str
    message: str


class Refused(Exception):
    """The server said no: `code` for programs, the sentence for people."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(problem.get("detail") or problem.get("title") or "refused")
        self.status = int(problem.get("status", 0))
        self.code = str(problem.get("code", ""))
        self.request_id = str(problem.get("request_id", ""))
        self.problems = tuple(Fault.of(one) for one in problem.get("problems") or ())
