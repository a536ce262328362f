"""The picture and the title of a universe, resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document.document import Document
from app.core.parameters import PARAMETERS


@dataclass(frozen=True, slots=True)
class VisualSpec:
    """What the picture shows; every parameter is in `values` by its path."""

    kind: str
    palette: str
    colours: tuple[str, ...]  # of a custom palette, "#rrggbb"
    values: Mapping[str, Any]  # "visual.glow": 0.5, ... every parameter of the table


def visual(document: Document) -> VisualSpec:
    """Give the picture of a universe, defaults filled in."""
    values = {path: document.value(path) for path in PARAMETERS if path.startswith("visual.")}
    return VisualSpec(
        kind=values["visual.kind"],
        palette=values["visual.palette"],
        colours=tuple(document.data.get("visual", {}).get("colours", ())),
        values=values,
    )
