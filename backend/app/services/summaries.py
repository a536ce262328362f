"""What a change of a document did, in a few words."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.utils import strict_json
from app.utils.json_paths import leaves

TOLD_MAX = 3
VALUE_LONGEST = 40
# Sections keyed by id, and what one entry of them is called.
ENTRIES = {
    "bodies": "body",
    "crowds": "crowd",
    "series": "series",
    "links": "link",
    "fields": "field",
    "voices": "voice",
    "rules": "rule",
    "story": "story point",
}
Leaf = tuple[tuple[str, ...], Any, Any]
ACTS = {"create": "made", "undo": "undid", "redo": "redid", "restore": "restored"}


def summary(act: str | None, patch: Mapping[str, Any], inverse: Mapping[str, Any]) -> str:
    """Say what a change did: "tempo 120 → 90, added body moon"."""
    if act == "create":
        return "made the universe"
    told = list(dict.fromkeys(_told(patch, inverse)))
    more = [f"and {len(told) - TOLD_MAX} more"] if len(told) > TOLD_MAX else []
    words = ", ".join([*told[:TOLD_MAX], *more]) or "nothing"
    return f"{ACTS[act]}: {words}" if act in ACTS else words


def _told(patch: Mapping[str, Any], inverse: Mapping[str, Any]) -> list[str]:
    found = (_spread(*leaf) for leaf in leaves(patch, inverse))
    return [_leaf(*leaf) for parts in found for leaf in parts]


def _spread(path: tuple[str, ...], new: Any, old: Any) -> Iterator[Leaf]:
    """Take a section that came or went whole apart: people think of what is in it."""
    whole = new if old is None else old
    one_sided = (new is None or old is None) and isinstance(whole, Mapping) and whole
    if not one_sided or (path[0] in ENTRIES and len(path) > 1):
        yield path, new, old
        return
    for key in whole:
        inner = (None if one is None else one[key] for one in (new, old))
        yield from _spread((*path, key), *inner)


def _leaf(path: tuple[str, ...], new: Any, old: Any) -> str:
    section, *rest = path
    if section not in ENTRIES:
        name = " ".join(rest or [section]).replace("_", " ")
        return f"{name} {_value(old)} → {_value(new)}"
    kind = ENTRIES[section]
    if len(rest) < 2:
        verb = "removed" if new is None else "added" if old is None else "changed"
        return f"{verb} {kind} {rest[0]}" if rest else f"{verb} {section}"
    return f"changed {rest[1].replace('_', ' ')} of {kind} {rest[0]}"


def _value(said: Any) -> str:
    if said is None:
        return "default"
    text = said if isinstance(said, str) else strict_json.canonical(said)
    return text if len(text) <= VALUE_LONGEST else f"{text[: VALUE_LONGEST - 1]}…"
