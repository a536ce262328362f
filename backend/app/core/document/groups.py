"""Series and crowds: how many bodies they stand for, and what those are called."""

from collections.abc import Mapping
from typing import Any


def member_ids(group: str, count: int) -> tuple[str, ...]:
    """Give the ids of a group's bodies, padded so that their order is their number's."""
    width = len(str(count - 1))
    return tuple(f"{group}-{number:0{width}d}" for number in range(count))


def counts(data: Mapping[str, Any]) -> dict[str, int]:
    """Give how many bodies each series and crowd of a document stands for."""
    return {
        name: said["n"]
        for kind in ("series", "crowds")
        for name, said in data.get(kind, {}).items()
    }


def members(data: Mapping[str, Any], named: Any) -> tuple[str, ...]:
    """Give the body ids a name or a list of names stands for: groups become their members."""
    if named is None:
        return ()
    sizes = counts(data)
    found: dict[str, None] = {}
    # Each once, however often it is named: a long list of one large group stays short.
    for name in dict.fromkeys([named] if isinstance(named, str) else named):
        found.update(dict.fromkeys(member_ids(name, sizes[name]) if name in sizes else (name,)))
    return tuple(found)


def all_ids(data: Mapping[str, Any]) -> list[str]:
    """Give the ids of every body of a document, ascending."""
    grouped = [one for name, count in counts(data).items() for one in member_ids(name, count)]
    return sorted([*data.get("bodies", {}), *grouped])
