"""Bodies, series and crowds."""

from collections.abc import Mapping

from app.core.document.grammar.built import fields, words
from app.core.document.grammar.common import (
    COLOUR,
    FAR,
    LENGTH,
    NAME,
    PER_MINUTE,
    PERIOD_OF,
    PERIOD_WORDS,
    VECTOR,
)
from app.core.document.shapes import Either, Fields, Flag, List, Named, Number, Shape, Text, Words

BODIES_MAX = 2000
DEGREES = Number(-360, 360, "degree")
_PERIOD = Either(
    (Number(0, FAR, "clock units", beyond=True), PERIOD_WORDS, PER_MINUTE),
    'a number of clock units, or a span such as "2 bars"',
)

MATTER: Mapping[str, Shape] = {
    "mass": Number(0, 1e12, "mass"),
    "radius": Number(0, 1e6, "length"),
    "elasticity": Number(0, 1),
    "friction": Number(0, 1),
    "collide": Flag(),
    "voice": NAME,
    "colour": COLOUR,
    "size": Number(0.1, 10),
    "charge": Number(-1e6, 1e6),
}
ORBIT = fields(
    "orbit.",
    {
        "about": NAME,
        "period": _PERIOD,
        "semi_major_axis": Number(0, FAR, "length", beyond=True),
        "eccentricity": Number(0, 0.99),
        "inclination": DEGREES,
        "node": DEGREES,
        "argument": DEGREES,
        "transit": Number(-FAR, FAR, "clock units"),
        "periapsis": Number(-FAR, FAR, "clock units"),
        "mean_anomaly": DEGREES,
    },
    required=("about",),
    needed=(("period", "semi_major_axis"),),
    one_of=(("transit", "periapsis", "mean_anomaly"),),
)
ROD = fields(
    "rod.",
    {
        "length": Number(0, FAR, "length", beyond=True),
        "swing": PERIOD_OF,
        "angle": Number(-179, 179, "degree"),
        "pivot": VECTOR,
    },
    needed=(("length", "swing"),),
)
PLACE: Mapping[str, Shape] = {
    "position": VECTOR,
    "velocity": VECTOR,
    "x": LENGTH,
    "y": LENGTH,
    "z": LENGTH,
}
_BODY: Mapping[str, Shape] = {
    **PLACE,
    **MATTER,
    "fixed": Flag(),
    "orbit": Either((ORBIT, PERIOD_WORDS), '{about, period} or a span such as "2 bars"'),
    "bounce": PERIOD_OF,
    "rod": ROD,
    "angle": Number(-179, 179, "degree"),
    "locked": List(Number(1, 10_000, whole=True), 1, BODIES_MAX),
}
_WAYS = ("orbit", "bounce", "rod", "fixed")
BODY = Named("body", fields("bodies.", _BODY, one_of=(_WAYS,)))
_COUNT = Number(1, BODIES_MAX, whole=True)


def spread(shape: Shape) -> Shape:
    """Give the shape of a value in a series: itself, {from, step} or a list of one a member."""
    if isinstance(shape, Named):
        return spread(shape.shape)
    if isinstance(shape, Fields):
        inner = {name: spread(one) for name, one in shape.fields.items()}
        return Fields(inner, shape.required, shape.says, shape.refused, shape.one_of, shape.needed)
    if isinstance(shape, Either):
        return Either(tuple(spread(one) for one in shape.shapes), shape.says)
    steps = Number(-FAR, FAR)
    ramp = Fields({"from": steps, "step": steps}, ("from", "step"), "{from, step}")
    extra = (ramp,) if isinstance(shape, Number) else ()
    return Either((shape, *extra, List(shape, 1, BODIES_MAX)))


_SERIES = {name: spread(one) for name, one in _BODY.items() if name != "locked"}
SERIES = Named(
    "series", fields("series.", {"n": _COUNT, **_SERIES}, required=("n",), one_of=(_WAYS,))
)
CROWD = Named(
    "crowd",
    fields(
        "crowds.",
        {
            "sow": words("crowds.sow", "disc", "ball", "box", "ring", "line"),
            "n": _COUNT,
            "extent": Number(0, FAR, "length", beyond=True),
            "speed": Number(0, FAR, "length/time"),
            "position": VECTOR,
            "velocity": VECTOR,
            **MATTER,
        },
        required=("sow", "n"),
    ),
)
LINK = Named(
    "link",
    fields(
        "links.",
        {
            "kind": words("links.kind", "spring", "rod", "string"),
            "between": List(NAME, 2, 2, "a list of two ids"),
            "stiffness": Number(0, FAR, "mass/time²"),
            "length": Number(0, FAR, "length"),
            "damping": Number(0, FAR, "mass/time"),
            "breaks": Number(0, FAR, "mass·length/time²", beyond=True),
        },
        required=("kind", "between"),
    ),
)
FIELD = Named(
    "field",
    fields(
        "fields.",
        {
            "kind": words("fields.kind", "radial", "directional", "vortex", "spring"),
            "position": VECTOR,
            "toward": VECTOR,
            "strength": Number(-500, 500, "length/time²"),
            "radius": Number(0.1, 300, "length"),
            "falloff": Words(("none", "linear", "inverse", "inverse square")),
            "tag": Text("what it pulls by: mass or charge", 32),
        },
        required=("kind", "strength"),
    ),
)
