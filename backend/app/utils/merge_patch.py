"""JSON merge patches (RFC 7396): applying one, and the patch that takes it back."""

from collections.abc import Mapping
from typing import Any


def merged(target: Any, patch: Any) -> Any:
    """Give what a merge patch makes of a value; neither argument changes, null takes a key away."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


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
