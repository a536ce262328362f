"""The grammar of a universe as tables of shapes."""

from app.core.document.grammar.built import fields, words
from app.core.document.grammar.common import SHARED, VECTOR
from app.core.document.grammar.matter import BODIES_MAX, BODY, CROWD, FIELD, LINK, SERIES
from app.core.document.grammar.rules import CHANNELS, POINT, RULE, VOICE, WHEN
from app.core.document.grammar.settings import BOUNDARY, CLOCK, MUSIC, PHYSICS, UNITS, VISUAL
from app.core.document.shapes import Fields, Keyed, List, Named, Number, Text
from app.core.parameters import MAPPINGS, WORLDS

FORMAT = 1
RULES_MAX = 200

UNIVERSE: Fields = fields(
    "",
    {
        "mundi": Number(FORMAT, FORMAT, whole=True),
        "title": Text("a title", 200, least=1),
        "about": Text("a text", 2000),
        "seed": Number(0, 2**53 - 1, whole=True),
        "clock": CLOCK,
        "units": UNITS,
        "world": words("world", *WORLDS),
        "mapping": words("mapping", *MAPPINGS),
        "dimensions": Number(2, 3, whole=True),
        "observer": List(Number(-1e6, 1e6), 3, 3, "a list of three numbers"),
        "boundary": BOUNDARY,
        "physics": PHYSICS,
        "bodies": Keyed(BODY, BODIES_MAX),
        "crowds": Keyed(CROWD, 64),
        "series": Keyed(SERIES, 64),
        "links": Keyed(LINK, BODIES_MAX),
        "fields": Keyed(FIELD, 64),
        "music": MUSIC,
        "voices": Keyed(VOICE, 32),
        "rules": Keyed(RULE, RULES_MAX),
        "story": Keyed(POINT, 1000),
        "visual": VISUAL,
    },
    says="a universe: a JSON object",
)
DEFINITIONS: tuple[Named, ...] = (
    *SHARED, BODY, SERIES, CROWD, LINK, FIELD, WHEN, RULE, VOICE, POINT, *CHANNELS,
)  # fmt: skip

__all__ = ["BODIES_MAX", "DEFINITIONS", "FORMAT", "UNIVERSE", "VECTOR"]
