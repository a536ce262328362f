"""JSON merge patches (RFC 7396): applying one, and the patch that takes it back."""

from collections.abc import Mapping
from typing import Any

# A dict is one, and asking that first is quicker than asking what else might be.
_OBJECT = (dict, Mapping)


def merged(target: Any, patch: Any) -> Any:
    """Give what a merge patch makes of a value; neither argument changes, null takes a key away."""
    if not isinstance(patch, _OBJECT):
        return patch
    result = dict(target) if isinstance(target, _OBJECT) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value) if isinstance(value, _OBJECT) else value
    return result


def inverse(before: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return the patch that turns `before` with `patch` applied back into `before`.

    It names only what `patch` named, so later changes elsewhere survive an undo.
    """
    undo: dict[str, Any] = {}
    for key, value in patch.items():
        old = before.get(key)
        if isinstance(value, _OBJECT) and isinstance(old, _OBJECT):
            undo[key] = inverse(old, value)
        elif key in before or value is not None:
            undo[key] = old
    return undo


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the smallest patch that turns one object into another without nulls."""
    patch: dict[str, Any] = {key: None for key in before if key not in after}
    for key, value in after.items():
        old = before.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            inner = difference(old, value)
            if inner:
                patch[key] = inner
        elif key not in before or not _same(old, value):
            patch[key] = value
    return patch


def _same(one: Any, other: Any) -> bool:
    # 1 == True in Python; in JSON they differ, and 1 and 1.0 may stay as they are.
    return type(one) is type(other) and one == other
