"""Shapes that many parts of the grammar share."""

from app.core.document.faults import ID, ID_HINT
from app.core.document.pitches import PITCH, PITCH_HINT
from app.core.document.shapes import Either, Fields, List, Named, Number, Text
from app.core.document.spans import PERIOD, POSITION, POSITION_HINT, SPAN, SPAN_HINT

FAR = 1e9
HZ = Number(20, 20_000, "Hz")
LENGTH = Number(-FAR, FAR, "length")
NAME = Text(f"an id: {ID_HINT}", 32, ID)
NAMES = Either((NAME, List(NAME)), "an id or a list of ids")
COLOUR = Text('a colour such as "#ff8a5c"', 7, r"^#[0-9a-fA-F]{6}$")

VECTOR = Named("vector", List(LENGTH, 3, 3, "a list of three numbers"))
SPAN_OF = Named("span", Either((Number(0, FAR, "s"), Text(SPAN_HINT, 32, SPAN)), SPAN_HINT))
POSITION_OF = Named(
    "position", Either((Number(0, FAR, "s"), Text(POSITION_HINT, 32, POSITION)), POSITION_HINT)
)
# A period is a span longer than nothing, or how often it fits in a minute.
PERIOD_WORDS = Text(SPAN_HINT, 32, PERIOD)
PER_MINUTE = Fields({"per_minute": Number(0, 1e6, beyond=True)}, required=("per_minute",))
PERIOD_OF = Either(
    (Number(0, FAR, "s", beyond=True), PERIOD_WORDS, PER_MINUTE),
    f"{SPAN_HINT}, or {{per_minute: 51}}",
)
PITCH_OF = Named("pitch", Either((HZ, Text(PITCH_HINT, 8, PITCH)), PITCH_HINT))
SHARED = (VECTOR, SPAN_OF, POSITION_OF, PITCH_OF)
