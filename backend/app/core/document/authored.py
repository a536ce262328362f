"""The bodies as written, one by one: series spread out into their members."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document.groups import all_ids, member_ids

# A plain list under these is one vector, or the ratios of a whole system, not a value a member.
VECTORS = ("position", "velocity", "pivot", "locked")


@dataclass(frozen=True, slots=True)
class Authored:
    """One body as its author wrote it."""

    id: str
    index: int  # rank by id over all bodies, or member number
    group: str
    said: Mapping[str, Any]


def authored(data: Mapping[str, Any]) -> dict[str, Authored]:
    """Give every body but those of crowds by id, ascending."""
    order = {name: rank for rank, name in enumerate(all_ids(data))}
    found = {
        name: Authored(name, order[name], "", said) for name, said in data.get("bodies", {}).items()
    }
    for group, said in data.get("series", {}).items():
        for number, name in enumerate(member_ids(group, said["n"])):
            found[name] = Authored(name, number, group, member_of(said, number))
    return dict(sorted(found.items()))


def centre_of(bodies: Mapping[str, Authored]) -> str:
    """Give the body an orbit goes about where none is named: the heaviest fixed one."""
    fixed = [one for one in bodies.values() if one.said.get("fixed")]
    return max(fixed, key=lambda one: one.said.get("mass", 0.0)).id if fixed else ""


def member_of(said: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Give what a series says of one member: {from, step} and lists are taken by its number."""
    return {key: _for_member(key, value, number) for key, value in said.items() if key != "n"}


def _for_member(key: str, value: Any, number: int) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"from", "step"}:
            return value["from"] + number * value["step"]
        return member_of(value, number)
    if isinstance(value, list) and not (key in VECTORS and not isinstance(value[0], list)):
        return value[number]
    return value
