"""What a render is: a take played into a format."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from app.core.document import judge
from app.core.performance import Entry, Slice, play
from app.errors import InputError
from app.formats import still, wav

Tell = Callable[[float], None]


def render(kind: str, snapshot: str, stream: BinaryIO, tell: Tell) -> None:
    """Write a snapshot's performance to a stream, telling how much of it is done, 0 to 1."""
    take = json.loads(snapshot)
    options = take.get("options", {})
    document = judge(take["universe"])
    played = play(
        document,
        seed=take["seed"],
        journal=[Entry(**entry) for entry in take["journal"]],
        start=take["start"],
        ticks=take["ticks"],
    )
    slices = told(played, take["ticks"], tell)
    if kind == "wav":
        wav.write(slices, stream, floats=options.get("encoding") == "float32")
    elif kind == "png":
        still.write(slices, stream, document, width=options["width"], height=options["height"])
    else:
        raise InputError(f"there is no export of the kind {kind}", code="unknown_kind")


def told(slices: Iterable[Slice], ticks: int, tell: Tell) -> Iterator[Slice]:
    """Pass slices on, telling after each how much of the whole has gone by."""
    done = 0
    for one in slices:
        yield one
        done += one.ticks
        tell(min(1.0, done / ticks))
