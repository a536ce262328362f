"""What a render is: a take played into a format."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from app.core.audio.mastering import Master
from app.core.document import judge
from app.core.performance import Entry, Slice, play
from app.errors import InputError
from app.formats import still, wav
from app.formats.loud import LoudWavWriter

Tell = Callable[[float], None]


def render(kind: str, snapshot: str, stream: BinaryIO, tell: Tell) -> dict[str, Any]:
    """Write a snapshot's performance to a stream, telling how much of it is done, 0 to 1.

    Returns what was found out on the way: `sound`, where a loudness was asked for.
    """
    take = json.loads(snapshot)
    options = take.get("options", {})
    document = judge(take["universe"])
    played = play(
        document,
        seed=take["seed"],
        journal=[Entry(**entry) for entry in take["journal"]],
        start=take["start"],
        ticks=take["ticks"],
        seen=kind != "wav",
    )
    slices = told(played, take["ticks"], tell)
    if kind == "wav":
        return _sound(slices, stream, options)
    if kind == "png":
        still.write(slices, stream, document, width=options["width"], height=options["height"])
        return {}
    raise InputError(f"there is no export of the kind {kind}", code="unknown_kind")


def _sound(slices: Iterable[Slice], stream: BinaryIO, options: Mapping[str, Any]) -> dict[str, Any]:
    floats = options.get("encoding") == "float32"
    wanted = options.get("loudness")
    if wanted is None:
        wav.write(slices, stream, floats=floats)
        return {}
    reached: list[Master] = []
    writer = LoudWavWriter(stream, loudness=wanted, floats=floats, told=reached.append)
    for piece in slices:
        writer.take(piece)
    writer.close()
    return {"sound": asdict(reached[0])}


def told(slices: Iterable[Slice], ticks: int, tell: Tell) -> Iterator[Slice]:
    """Pass slices on, telling after each how much of the whole has gone by."""
    done = 0
    for one in slices:
        yield one
        done += one.ticks
        tell(min(1.0, done / ticks))
