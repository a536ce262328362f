"""Take files: everything that was performed, as one JSON value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document import BYTES_MAX, Document, judge, parse
from app.core.document.pushes import PUSH, is_push, problems_of
from app.core.document.worlds import clock
from app.core.performance.performance import ENGINE
from app.core.performance.take import Entry
from app.errors import Problem, SyntaxFault, TooLarge
from app.utils import strict_json

TAKE_BYTES_MAX = 64 * 1024 * 1024
TAKE = 1


@dataclass(frozen=True, slots=True)
class Take:
    """A stretch of a performance: what to play, with which edits, from where, how long."""

    document: Document
    seed: int | None = None
    journal: tuple[Entry, ...] = ()
    start: int = 0
    ticks: int | None = None  # None: the file does not say


def read(source: bytes) -> Take:
    """Read a take, or a universe as a take of itself; raises SyntaxFault, TooLarge, DocumentError."""
    if len(source) <= 4 * BYTES_MAX and b'"take"' not in source:
        return Take(parse(source))
    try:
        data = strict_json.decode(source, bytes_max=TAKE_BYTES_MAX)
    except strict_json.TooLong as fault:
        raise TooLarge(str(fault)) from None
    except strict_json.Malformed as fault:
        raise SyntaxFault(str(fault)) from None
    if not isinstance(data, Mapping) or "take" not in data:
        return Take(judge(data))
    return _take(data)


def written(take: Take) -> dict[str, Any]:
    """Give a take as the JSON value its file holds."""
    return {
        "take": TAKE,
        "universe": take.document.data,
        "seed": _seed(take),
        "journal": [{"tick": e.tick, "rev": e.rev, "patch": e.patch} for e in take.journal],
        "start": take.start,
        **({} if take.ticks is None else {"ticks": take.ticks}),
    }


def described(take: Take) -> dict[str, Any]:
    """Say what a performance is of, so that it can be told apart and made again.

    A date is the clock's `epoch` and the universe time of what happened, in its `unit`.
    """
    spec = clock(take.document)
    return {
        "title": take.document.data.get("title", ""),
        "universe": take.document.sha256,
        "seed": _seed(take),
        "engine": ENGINE,
        "clock": {"unit": spec.unit, "epoch": spec.epoch},
    }


def _seed(take: Take) -> int:
    return int(take.document.data.get("seed", 0)) if take.seed is None else take.seed


def _take(data: Mapping[str, Any]) -> Take:
    faults = [*_faults(data)]
    if faults:
        raise SyntaxFault("this is no take of ours", problems=faults)
    return Take(
        document=judge(data["universe"]),
        seed=data.get("seed"),
        journal=tuple(Entry(e["tick"], e["rev"], e["patch"]) for e in data.get("journal", ())),
        start=data.get("start", 0),
        ticks=data.get("ticks"),
    )


def _faults(data: Mapping[str, Any]) -> list[Problem]:
    """Name what keeps this from being a take."""
    found = []
    if data["take"] != TAKE:
        found.append(Problem("$.take", f"is {data['take']!r}; {TAKE} is the format there is"))
    if not isinstance(data.get("universe"), Mapping):
        found.append(Problem("$.universe", "must be a universe"))
    found += [
        Problem(f"$.{name}", "must be a whole number, 0 or more")
        for name in ("seed", "start", "ticks")
        if name in data and not _whole(data[name])
    ]
    journal = data.get("journal", ())
    if not isinstance(journal, list | tuple):
        return [*found, Problem("$.journal", "must be a list of edits")]
    for place, entry in enumerate(journal):
        if not _entry(entry):
            found.append(Problem(f"$.journal[{place}]", "must be {tick, rev, patch}"))
        elif is_push(entry["patch"]):
            found += problems_of(entry["patch"][PUSH], f"$.journal[{place}].patch.push")
    return found


def _entry(entry: Any) -> bool:
    return (
        isinstance(entry, Mapping)
        and _whole(entry.get("tick"))
        and _whole(entry.get("rev"))
        and isinstance(entry.get("patch"), Mapping)
    )


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
