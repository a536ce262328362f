"""Rules: from motion to notes, looks and parameters; voices and story points."""

from collections.abc import Mapping

from app.core.document.grammar.built import NOT_BUILT, fields, words
from app.core.document.grammar.common import (
    HZ,
    NAME,
    NAMES,
    PERIOD_OF,
    PITCH_OF,
    POSITION_OF,
    SPAN_OF,
)
from app.core.document.grammar.settings import by_path, of_parameter
from app.core.document.quantities import MEASURES, QUANTITY, QUANTITY_HINT
from app.core.document.shapes import Either, Fields, Flag, List, Named, Number, Shape, Text, Words
from app.core.document.spans import SPAN, SPAN_HINT
from app.core.parameters import PARAMETERS
from app.core.parameters.music import VOICES

FAR = 1e12
NUMBER = Number(-FAR, FAR)
SCALES = (
    "linear", "log", "sqrt", "asinh", "sinh", "pow", "quantize", "ratio", "list", "degree",
)  # fmt: skip
EVENTS = (
    "collision", "transit", "conjunction", "apsis", "crossing", "escape", "capture", "break",
    "rest", "story", "appear",
)  # fmt: skip
ALL_MEASURES = tuple(f"{group}.{name}" for group, names in MEASURES.items() for name in names)
# A vector is read as its length.
_MOVING = tuple(path for path, row in PARAMETERS.items() if row.kind in ("number", "vector"))

# A measure that never moves between two events passes no value.
_FIXED = ("index", "rank", "mass", "radius")
MEASURE = Words(
    tuple(
        f"{group}.{name}"
        for group in ("body", "pair", "universe")
        for name in MEASURES[group]
        if name not in _FIXED
    )
)
_SOURCES = words("measure", *ALL_MEASURES, *_MOVING)
SOURCE = Named("measure", _SOURCES)
_BOUND = Named(
    "bound",
    Either(
        (
            NUMBER,
            Text("a word to be equal to", 32),
            Fields({"above": NUMBER, "below": NUMBER}, says="{above, below}"),
        )
    ),
)
_CONDITION = Either(
    (
        Flag(only=True),
        Fields(
            dict.fromkeys(_SOURCES.choices, _BOUND),
            says='measures with their bounds: {"body.speed": {"above": 2}}',
            refused=_SOURCES.refused,
        ),
    )
)
CONDITION = Named("condition", _CONDITION)
WHEN = Named(
    "when",
    fields(
        "when.",
        {
            "event": words("when.event", *EVENTS),
            "every": PERIOD_OF,
            "while": CONDITION,
            "of": NAMES,
            "with": NAMES,
            "about": NAME,
            "pairs": words("when.pairs", "all", "neighbours"),
            "where": CONDITION,
            "direction": words("when.direction", "up", "down", "both"),
            "measure": MEASURE,
            "at": Either((NUMBER, List(NUMBER, 1, 128)), "a number or a list of numbers"),
        },
        needed=(("event", "every", "while"),),
    ),
)
SCALE = Named("scale", words("scale", *SCALES))
_PERCENTILE = Text('a percentile such as "5%"', 8, r"^(?:100|[0-9]{1,2}(?:\.[0-9]{1,3})?)%$")
_POINT = Either((NUMBER, _PERCENTILE)) if "domain=%" not in NOT_BUILT else NUMBER


def value(name: str, constant: Shape, item: Shape | None = None) -> Named:
    """Give the shape of a channel: a constant, or a measure mapped onto such constants."""
    one = item or constant
    mapped = fields(
        "value.",
        {
            "from": SOURCE,
            "scale": SCALE,
            "domain": List(_POINT, 2, 2, "a list of two: low, high"),
            "range": List(one, 2, 2, "a list of two: at the low end, at the high end"),
            "clamp": Flag(),
            "invert": Flag(),
            "smooth": SPAN_OF,
            "list": List(one, 1, 256),
            "body": NAME,
            "value": Either((NUMBER, Text(QUANTITY_HINT, 64, QUANTITY)), QUANTITY_HINT),
            "is": PITCH_OF,
            "power": Number(-16, 16),
            "step": Number(0, FAR, beyond=True),
            "fold": List(PITCH_OF, 2, 2, "a list of two pitches: low, high"),
        },
        required=("from",),
        one_of=(("body", "value"),),
        says="{from, scale, domain, range}",
    )
    return Named(f"value-{name}", Either((constant, mapped)))


_DURATION = rf"^until-next$|{SPAN}"
_DEGREE = Number(-128, 128, "scale steps")
NOTE_CHANNELS: Mapping[str, Named] = {
    "pitch": value("pitch", PITCH_OF),
    "degree": value("degree", _DEGREE),
    "onset": value("onset", SPAN_OF),
    "duration": value(
        "duration",
        Either((Number(0, 3600, "s"), Text(f'"until-next" or {SPAN_HINT}', 32, _DURATION))),
    ),
    "velocity": value("velocity", Number(0, 1)),
    "pan": value("pan", Number(-1, 1)),
    "brightness": value("brightness", Number(0, 1)),
    "voice": value("voice", NAME),
    "bend": value("bend", Number(-24, 24, "semitones")),
}
LOOK_CHANNELS: Mapping[str, Named] = {
    "hue": value("hue", Number(0, 360, "degree")),
    "lightness": value("share", Number(0, 1)),
    "size": value("size", Number(0.1, 10)),
    "glow": value("share", Number(0, 1)),
    "trail": value("share", Number(0, 1)),
    "opacity": value("share", Number(0, 1)),
}
# Rules move music and picture; only the story moves the physics, so that nothing feeds back.
_SET = by_path("rules.set", "music", "visual", forms=False)
SET = Fields(
    {path: value(f"set-{path}", shape) for path, shape in _SET.fields.items()},
    says="parameters by path",
    refused=_SET.refused,
)
RULE = Named(
    "rule",
    fields(
        "rules.",
        {
            "when": WHEN,
            "of": NAMES,
            "note": fields("note.", NOTE_CHANNELS, needed=(("pitch", "degree"),)),
            "look": fields("look.", LOOK_CHANNELS),
            "set": SET,
            "snap": Flag(),
            "together": fields(
                "together.",
                {
                    "within": SPAN_OF,
                    "keep": words("together.keep", "sum", "loudest", "first"),
                },
                required=("within",),
            ),
        },
        needed=(("note", "look", "set"),),
    ),
)
VOICE = Named(
    "voice",
    fields(
        "voices.",
        {
            "like": words("voices.like", *VOICES),
            "wave": words(
                "voices.wave", "sine", "triangle", "square", "saw", "soft", "hollow", "organ"
            ),
            "partials": List(Number(0, 1), 1, 64),
            "attack": Number(0.001, 2, "s"),
            "decay": Number(0.01, 2, "s"),
            "sustain": Number(0, 1),
            "release": Number(0.01, 4, "s"),
            "filter": Fields({"cutoff": HZ, "q": Number(0.1, 10)}),
            "pan": Number(-1, 1),
            "level": Number(0, 1),
            "brightness": Number(-1, 1),
            "vibrato": Number(0, 100, "cents"),
            "register": List(PITCH_OF, 2, 2, "a list of two pitches: low, high"),
        },
    ),
)
POINT = Named(
    "point",
    fields(
        "story.",
        {
            "at": POSITION_OF,
            "title": Text("a title", 200, least=1),
            "text": Text("a text", 2000),
            "changes": by_path("story.changes", "physics", "music", "visual"),
            "over": SPAN_OF,
            "curve": words("story.curve", "step", "linear", "smooth"),
            "harmony": Either(
                (
                    Number(0, 1),
                    Fields(
                        {
                            "frequency": of_parameter(PARAMETERS["music.base_frequency"]),
                            "tempo": of_parameter(PARAMETERS["music.tempo"]),
                            "scale": of_parameter(PARAMETERS["music.scale"]),
                            "intensity": Number(0, 1),
                        }
                    ),
                )
            ),
        },
        required=("at",),
    ),
)
CHANNELS: tuple[Named, ...] = (
    SOURCE,
    SCALE,
    _BOUND,
    CONDITION,
    *{
        one.name: one
        for group in (NOTE_CHANNELS.values(), LOOK_CHANNELS.values(), SET.fields.values())
        for one in group
        if isinstance(one, Named)
    }.values(),
)
