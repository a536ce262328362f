"""Merge patches leaf by leaf: which members one writes, and what they were before."""

from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str, ...]
GONE = object()  # what a member is that is not there


def leaves(patch: Mapping[str, Any], inverse: Mapping[str, Any]) -> Iterator[tuple[Path, Any, Any]]:
    """Give (path, written, before) for every member a patch wrote; both are null for not there.

    A member that was not there, or was no object, was written whole: it is one leaf.
    """
    for key, value in patch.items():
        before = inverse.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            yield from (((key, *path), new, old) for path, new, old in leaves(value, before))
        elif value is not None or before is not None:
            yield (key,), value, before


def overlap(one: Path, other: Path) -> bool:
    """Tell whether writing one path changes what stands at the other."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def put(target: dict[str, Any], path: Path, value: Any) -> None:
    """Write a member of nested objects, which are made where there are none."""
    *steps, last = path
    for step in steps:
        if not isinstance(target.get(step), dict):
            target[step] = {}
        target = target[step]
    target[last] = value


def at(value: Any, path: Path) -> Any:
    """Give the member at a path, GONE if it is not there."""
    for step in path:
        if not isinstance(value, Mapping) or step not in value:
            return GONE
        value = value[step]
    return value


def differences(before: Any, after: Any, here: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    """Give (path, before, after) wherever two values differ, as deep as both are objects."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted(before.keys() | after.keys()):
            yield from differences(before.get(key, GONE), after.get(key, GONE), (*here, key))
    elif type(before) is not type(after) or before != after:
        yield here, before, after


def written(path: Path) -> str:
    """Write a path as people read it: $.physics.gravity."""
    return ".".join(("$", *path))
