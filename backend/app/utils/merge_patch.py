"""The patch that takes a JSON merge patch (RFC 7396) back."""

from collections.abc import Mapping
from typing import Any


def inverse(before: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return the patch that turns `before` with `patch` applied back into `before`.

    It names only what `patch` named, so later changes elsewhere survive an undo.
    """
    undo: dict[str, Any] = {}
    for key, value in patch.items():
        old = before.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            undo[key] = inverse(old, value)
        elif key in before or value is not None:
            undo[key] = old
    return undo
