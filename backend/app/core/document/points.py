"""The story of a universe as written: points in time and what changes there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document.document import Document
from app.core.document.spans import Span, position_of, span_of


@dataclass(frozen=True, slots=True)
class PointSpec:
    """One point of a story."""

    id: str
    at: Span  # since tick 0
    title: str
    text: str
    changes: Mapping[str, Any]  # parameter path -> value reached
    over: Span  # how long the change takes; nothing: at once
    curve: str  # step | linear | smooth


# What a point's harmony is tied to; a number alone is the intensity.
TIES = {
    "frequency": "music.base_frequency",
    "tempo": "music.tempo",
    "scale": "music.scale",
    "intensity": "music.harmony",
}


def points(document: Document) -> tuple[PointSpec, ...]:
    """Give the points of a universe's story in ascending id."""
    said = document.data.get("story", {})
    return tuple(
        PointSpec(
            id=name,
            at=position_of(said[name]["at"]),
            title=said[name].get("title", ""),
            text=said[name].get("text", ""),
            changes={**_tied(said[name].get("harmony", {})), **said[name].get("changes", {})},
            over=span_of(said[name].get("over", 0.0)),
            curve=said[name].get("curve", "linear"),
        )
        for name in sorted(said)
    )


def _tied(harmony: Any) -> dict[str, Any]:
    """Give the changes a harmony tie stands for; those a point spells out go before it."""
    said = harmony if isinstance(harmony, Mapping) else {"intensity": harmony}
    return {TIES[name]: value for name, value in said.items()}
