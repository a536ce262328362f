"""How the server says no, and how it says nothing at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import httpx


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of what was sent, at its JSON path."""

    path: str
    message: str


class Refused(Exception):
    """The server said no: `code` for programs, the sentence for people."""

    def __init__(self, problem: Mapping[str, Any], retry_after_s: float | None = None) -> None:
        super().__init__(problem.get("detail") or problem.get("title") or "refused")
        self.status = int(problem.get("status", 0))
        self.code = str(problem.get("code", ""))
        self.request_id = str(problem.get("request_id", ""))
        self.rev: int | None = problem.get("rev")
        self.retry_after_s = retry_after_s
        self.problems = tuple(
            Fault(one["path"], one["message"]) for one in problem.get("problems") or ()
        )

    def __str__(self) -> str:
        """Tell the sentence, the code to look up, and every fault on a line of its own."""
        told = f"{self.args[0]} ({' '.join(filter(None, (str(self.status), self.code)))})"
        return "\n".join([told, *(f"  {one.path}: {one.message}" for one in self.problems)])

    @classmethod
    def of(cls, answer: httpx.Response) -> Self:
        """Read a problem+json; a proxy on the way may have answered something else."""
        wait = answer.headers.get("Retry-After", "")
        told = {"status": answer.status_code, "title": answer.reason_phrase}
        return cls(_problem(answer) or told, float(wait) if wait.isdigit() else None)


class Unreachable(Exception):
    """No answer came: the address is wrong, nobody listens there, or the line broke."""


def _problem(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        told = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    return told if isinstance(told, dict) and "status" in told else None
