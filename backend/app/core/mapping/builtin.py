"""Rules every universe has unless it says otherwise."""

from app.core.document.rules import RuleSpec, When
from app.core.document.values import Constant, Mapped

# A body put into the world is heard at once: its height in the picture is its pitch, over two
# octaves of a seven-step scale, its place from left to right is its pan.
APPEAR = RuleSpec(
    id="appear",
    when=When(event="appear"),
    note={
        "degree": Mapped("event.place.y", range=(0.0, 14.0)),
        "pan": Mapped("event.place.x", range=(-0.8, 0.8)),
        "velocity": Constant(0.7),
        "voice": Constant("pluck"),
    },
)
