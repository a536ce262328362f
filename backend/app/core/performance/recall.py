"""Values of ours from what a checkpoint holds of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.physics.event import Event
from app.core.story import Clock, Instant


def clock_from(said: Mapping[str, Any]) -> Clock:
    """Give back a clock from its fields."""
    prior = said["prior"]
    return Clock(
        **{
            **said,
            "anchor": Instant(**said["anchor"]),
            "prior": None if prior is None else Instant(**prior),
        }
    )


def events_from(said: Sequence[Mapping[str, Any]]) -> list[Event]:
    """Give back events from their fields."""
    return [
        Event(**{**one, "bodies": tuple(one["bodies"]), "place": tuple(one["place"])})
        for one in said
    ]
