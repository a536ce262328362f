"""What the grammar names and this engine does not do yet: refused, never ignored.

A name is a dotted path of fields ("physics.spin") or a field and one of its words
("when.event=capture"). Building a thing means taking its line away here.
"""

from collections.abc import Mapping

from app.core.document.shapes import Fields, Shape, Words

NOT_BUILT: frozenset[str] = frozenset()
REASON = "is part of the grammar but not built yet"


def fields(
    prefix: str,
    shapes: Mapping[str, Shape],
    *,
    required: tuple[str, ...] = (),
    says: str = "an object",
    one_of: tuple[tuple[str, ...], ...] = (),
    needed: tuple[tuple[str, ...], ...] = (),
) -> Fields:
    """Make an object's shape, its fields not built yet refused by name."""
    refused = {name: REASON for name in shapes if f"{prefix}{name}" in NOT_BUILT}
    return Fields(
        {name: shape for name, shape in shapes.items() if name not in refused},
        required=required,
        says=says,
        refused=refused,
        one_of=tuple(_without(group, refused) for group in one_of),
        needed=tuple(_without(group, refused) for group in needed),
    )


def words(name: str, *choices: str) -> Words:
    """Make a choice of words, those not built yet refused by name."""
    refused = {word: REASON for word in choices if f"{name}={word}" in NOT_BUILT}
    return Words(tuple(word for word in choices if word not in refused), refused)


def _without(group: tuple[str, ...], refused: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in group if name not in refused)
