"""The settings of a universe: everything in the table of parameters, and the clock beside it."""

from collections.abc import Mapping
from typing import Any

from app.core.document.grammar.built import NOT_BUILT, REASON, fields, words
from app.core.document.grammar.common import COLOUR, LENGTH, NAME, SPAN_OF
from app.core.document.quantities import GRAVITATION, METRES, SECONDS
from app.core.document.shapes import Either, Fields, Flag, List, Number, Shape, Text, Told, Words
from app.core.parameters import PARAMETERS, Parameter

CHORD = (
    r"^[b#♭♯]?(?:III|II|I|IV|VII|VI|V|iii|ii|i|iv|vii|vi|v)"
    r"(?:°|o|dim|\+|aug|sus2|sus4)?(?:maj7|7|9)?$"
)
METER = r"^(?:[1-9]|1[0-9]|2[0-4])/(?:1|2|4|8|16)$"

FORMS: Mapping[str, Shape] = {
    "physics.medium": Either(
        (
            words("physics.medium", "none", "air", "water"),
            Fields(
                {
                    "fluid_density": Number(0, 2000, "kg/m³"),
                    "viscosity": Number(0, 1, "Pa·s"),
                },
                says="{fluid_density, viscosity}",
            ),
        )
    ),
    "music.meter": Text('a meter such as "3/4" or "7/8"', 5, METER),
    "music.tuning": Either(
        (
            words("music.tuning", "12 equal", "just", "orbits"),
            fields(
                "music.tuning.",
                {
                    "divisions": Number(1, 1200, whole=True),
                    "interval": Number(1, 16, beyond=True),
                    "scala": Text("the text of a Scala file", 16_384, lines=True),
                    "keyboard": Text("the text of a keyboard mapping", 16_384, lines=True),
                },
                says="{divisions, interval} or {scala, keyboard}",
                needed=(("divisions", "scala"),),
            ),
        )
    ),
    "music.chords": Fields(
        {
            "each": SPAN_OF,
            "list": List(Text('a chord such as "i", "bVII" or "V7"', 12, CHORD), 1, 256),
        },
        required=("list",),
        says='{each: "2 bars", list: ["i", "VII"]}',
    ),
    "music.phrase": Fields(
        {"bars": Number(0.25, 256, "bars"), "rest": Number(0, 256, "bars")},
        required=("bars", "rest"),
        says="{bars, rest}",
    ),
    "visual.camera.pan": List(LENGTH, 2, 2),
    "visual.camera.follow": NAME,
}


def of_parameter(row: Parameter) -> Shape:
    """Give the shape of what a parameter may be."""
    if row.kind == "form":
        return FORMS[row.path]
    if row.kind == "flag":
        return Flag()
    if row.kind == "word":
        return words(row.path, *row.choices)
    assert row.low is not None
    assert row.high is not None
    number = Number(row.low, row.high, row.unit)
    if row.kind == "vector":
        return List(number, 3, 3, f"three numbers, {row.bounds}")
    return Either((number, words(row.path, *row.choices))) if row.choices else number


def section(name: str, extra: Mapping[str, Shape] | None = None) -> Fields:
    """Give the shape of one section, "music", from its rows: dots in a path are objects."""
    tree: dict[str, Any] = {}
    for path, row in PARAMETERS.items():
        *outer, last = path.split(".")
        if outer[0] == name:
            here = tree
            for step in outer[1:]:
                here = here.setdefault(step, {})
            unit = f" In {row.unit}." if row.unit else ""
            here[last] = Told(of_parameter(row), row.meaning + unit, row.default)
    return _object(f"{name}.", {**tree, **(extra or {})})


def _object(prefix: str, tree: Mapping[str, Any]) -> Fields:
    shapes = {
        name: _object(f"{prefix}{name}.", one) if isinstance(one, dict) else one
        for name, one in tree.items()
    }
    return fields(prefix, shapes)


def by_path(place: str, *sections: str, forms: bool = True) -> Fields:
    """Give the shape of {path: value} for the parameters that may move in time at a place."""
    shapes: dict[str, Shape] = {}
    refused: dict[str, str] = {}
    for row in PARAMETERS.values():
        name = row.path.partition(".")[0]
        if {row.path, f"{place}.{name}"} & NOT_BUILT:
            refused[row.path] = REASON
        elif name not in sections or not row.live or (row.kind == "form" and not forms):
            refused[row.path] = "cannot be moved here"
        else:
            shapes[row.path] = of_parameter(row)
    return Fields(shapes, says="parameters by path", refused=refused)


PHYSICS = section("physics")
MUSIC = section("music")
VISUAL = section("visual", {"colours": List(COLOUR, 1, 32)})
CLOCK = fields(
    "clock.",
    {
        "unit": words("clock.unit", *SECONDS),
        "epoch": Number(-1e9, 1e9),
        "rate": Number(0, 1e9, beyond=True),
        "per": words("clock.per", "second", "beat"),
    },
)
UNITS = fields("units.", {"length": Words(tuple(METRES)), "mass": Words(tuple(GRAVITATION))})
_EDGES = List(Number(0, 1e9, "length", beyond=True), 2, 3, "two or three lengths")
BOUNDARY = Either(
    (
        words("boundary", "open"),
        fields(
            "boundary.",
            {
                "box": _EDGES,
                "periodic": _EDGES,
                "walls": words("boundary.walls", "reflect", "absorb"),
            },
            needed=(("box", "periodic"),),
            says="{box: [20, 20, 20]}",
        ),
    ),
    '"open" or {box: [20, 20, 20]}',
)
