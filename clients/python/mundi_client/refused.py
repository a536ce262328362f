"""How the server says no."""

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
        self.retry_after_s = retry_after_s
        self.problems = tuple(
            Fault(one["path"], one["message"]) for one in problem.get("problems") or ()
        )

    @classmethod
    def of(cls, answer: httpx.Response) -> Self:
        """Read a problem+json; a proxy on the way may have answered something else."""
        wait = answer.headers.get("Retry-After", "")
        told = {"status": answer.status_code, "title": answer.reason_phrase}
        if "json" in answer.headers.get("Content-Type", ""):
            told = answer.json()
        return cls(told, float(wait) if wait.isdigit() else None)
