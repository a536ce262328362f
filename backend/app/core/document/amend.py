"""Patching a judged universe without judging again what the patch leaves alone.

An edit of one body among a thousand looks at that body, not at the others. This either knows the
universe that comes out to be sound, and then it is the very one the whole judgement gives, or it
knows nothing: whoever asks then judges all of it, and tells every fault.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.document.faults import faults, is_id
from app.core.document.grammar import UNIVERSE
from app.core.document.judge import depth_of
from app.core.document.references import CHECKS, Check, Sight
from app.core.document.shapes import Fields, Keyed, Named, Shape, Told
from app.core.document.wording import inside
from app.utils import strict_json
from app.utils.merge_patch import merged
from app.utils.strict_json import DEPTH_MAX

JSON = Mapping[str, Any]
# On these too much hangs: defaults, units, what time is. A change of them has all judged anew.
_GROUND = frozenset(("mundi", "world", "mapping", "dimensions", "clock", "units"))
_SIMPLE = not (UNIVERSE.required or UNIVERSE.one_of or UNIVERSE.needed)
Entries = frozenset[str] | None  # of a section: the touched ids, or None for all of it
Parts = frozenset[str] | None  # of those: the fields given another value, or None for any


@dataclass(frozen=True, slots=True)
class Pieces:
    """Canonical text by section, and by entry where a section is keyed by id; each with its key."""

    sections: Mapping[str, str | Mapping[str, str]]

    def text(self) -> str:
        """Put the canonical text together."""
        return f"{{{','.join(_section(name, one) for name, one in self.sections.items())}}}"


@dataclass(frozen=True, slots=True)
class Amended:
    """What came out: content and text, known to be sound."""

    data: JSON
    pieces: Pieces
    touched: Mapping[str, Entries]


def pieces_of(data: JSON) -> Pieces:
    """Write a canonical universe in pieces."""
    return Pieces({name: _written(name, data[name]) for name in sorted(data)})


def amended(data: JSON, pieces: Pieces, patch: JSON) -> Amended | None:
    """Apply a merge patch to a judged universe; None where it takes the whole judgement to tell.

    A patch is no deeper than `DEPTH_MAX`: whoever asks has looked.
    """
    if not _SIMPLE or not patch.keys() <= _KNOWN:
        return None
    after, sections = dict(data), dict(pieces.sections)
    touched: dict[str, Entries] = {}
    parts = {name: _parts(data.get(name), said) for name, said in patch.items()}
    try:
        for name, said in patch.items():
            touched[name] = _apply(name, said, after, sections)
    except (strict_json.Malformed, _Unsure):
        return None
    if not all(_well_formed(name, ids, after, parts[name]) for name, ids in touched.items()):
        return None
    for check in _reading(frozenset(parts.items())):
        if _astray(check, data, after, touched):
            return None
    if not patch.keys() <= data.keys():
        after, sections = _sorted(after), _sorted(sections)
    return Amended(after, Pieces(sections), touched)


class _Unsure(Exception):
    """Only the whole judgement can tell."""


def _parts(old: Any, said: Any) -> Parts:
    """Find which fields of entries are given another value; None where more happens to an entry."""
    if type(said) is not dict or type(old) is not dict:
        return None
    found: set[str] = set()
    for one, change in said.items():
        was = old.get(one)
        if type(was) is not dict or type(change) is not dict or not change.keys() <= was.keys():
            return None
        if None in change.values():
            return None
        found |= change.keys()
    return frozenset(found)


def _apply(name: str, said: Any, after: dict[str, Any], sections: dict[str, Any]) -> Entries:
    """Change one section and its text; tell which entries were touched."""
    old = after.get(name)
    if said is None:
        after.pop(name, None)
        sections.pop(name, None)
        return None
    if name not in _KEYED or not isinstance(said, Mapping) or not isinstance(old, Mapping):
        after[name], text = _plain(merged(old, said), depth=1)
        sections[name] = _written(name, after[name]) if name in _KEYED else text
        return None
    entries, texts = dict(old), dict(sections[name])
    for one, change in said.items():
        if not is_id(one):
            raise _Unsure
        if change is None:
            entries.pop(one, None)
            texts.pop(one, None)
        else:
            entries[one], text = _plain(merged(old.get(one), change), depth=2)
            texts[one] = f'"{one}":{text}'
    new = not said.keys() <= old.keys()
    after[name] = _sorted(entries) if new else entries
    sections[name] = _sorted(texts) if new else texts
    return frozenset(said)


def _plain(value: Any, *, depth: int) -> tuple[Any, str]:
    """Give a value as reading its canonical text gives it (-0.0 is 0 and 2.0 is 2), and the text."""
    found = strict_json.settled(value, DEPTH_MAX - depth)
    if found is not None:
        return found
    if depth_of(value) + depth > DEPTH_MAX:
        raise _Unsure
    text = strict_json.canonical(value)
    return strict_json.reread(text), text


def _well_formed(name: str, ids: Entries, after: JSON, parts: Parts) -> bool:
    if name not in after:
        return True
    if ids is not None and parts is not None and (known := _FIELDS.get(name)) is not None:
        # The same fields stand there as before: those that say another thing are looked at alone.
        entries = [after[name][one] for one in ids]
        return not any(
            True
            for one in entries
            for part in parts & one.keys()
            for _ in faults(known[part], one[part], "$")
        )
    shape, value, path = UNIVERSE.fields[name], after[name], inside("$", name)
    if ids is None:
        return not any(faults(shape, value, path))
    keyed = _KEYED[name]
    there = [one for one in ids if one in value]
    return len(value) <= keyed.most and not any(
        True for one in there for _ in faults(keyed.of, value[one], inside(path, one))
    )


@functools.lru_cache(maxsize=256)
def _reading(touched: frozenset[tuple[str, Parts]]) -> tuple[Check, ...]:
    """Find the checks that read any of these sections, and these parts of it."""
    return tuple(
        check for check in CHECKS if any(_reads(check, name, parts) for name, parts in touched)
    )


def _reads(check: Check, name: str, parts: Parts) -> bool:
    sight = check.sees.get(name)
    blind = parts is not None and name in _FIELDS and sight and not parts & sight.fields
    return name in check.reads and not blind


def _astray(check: Check, before: JSON, after: JSON, touched: Mapping[str, Entries]) -> bool:
    """Tell whether a check that the patch can matter to finds anything."""
    hit = [
        name
        for name in check.reads & touched.keys()
        if not _unseen(check.sees.get(name), before.get(name), after.get(name), touched[name])
    ]
    if not hit:
        return False
    if all(name in check.alone and touched[name] is not None for name in hit):
        after = {**after, **{name: _some(after, name, touched) for name in check.alone}}
    return any(True for _ in check.strays(after))


def _unseen(sight: Sight | None, before: Any, after: Any, ids: Entries) -> bool:
    """Tell whether a section's change is none to a check that sees but this of each entry."""
    if sight is None or ids is None:
        return False
    return all(
        one in before and one in after and sight.of(before[one]) == sight.of(after[one])
        for one in ids
        if one in before or one in after
    )


def _some(after: JSON, name: str, touched: Mapping[str, Entries]) -> JSON:
    ids = touched.get(name)
    if not ids:
        return {}
    return {one: after[name][one] for one in ids if one in after.get(name, {})}


def _sorted(after: dict[str, Any]) -> dict[str, Any]:
    """Put keys in canonical order, where new ones came in."""
    return {key: after[key] for key in sorted(after)}


def _written(name: str, value: Any) -> str | dict[str, str]:
    if name in _KEYED and isinstance(value, Mapping):
        return {one: _entry(one, value[one]) for one in sorted(value)}
    return strict_json.canonical(value)


def _entry(name: str, value: Any) -> str:
    return f'"{name}":{strict_json.canonical(value)}'


def _section(name: str, one: str | Mapping[str, str]) -> str:
    return f'"{name}":{one}' if isinstance(one, str) else f'"{name}":{{{",".join(one.values())}}}'


def _bare(shape: Shape) -> Shape:
    while isinstance(shape, Named | Told):
        shape = shape.shape
    return shape


def _keyed(shape: Shape) -> Keyed | None:
    bare = _bare(shape)
    return bare if isinstance(bare, Keyed) else None


_KEYED = {name: keyed for name, shape in UNIVERSE.fields.items() if (keyed := _keyed(shape))}
# What an entry may hold, of the sections whose entries are all of one kind.
_FIELDS = {
    name: bare.fields
    for name, keyed in _KEYED.items()
    if isinstance(bare := _bare(keyed.of), Fields)
}
_KNOWN = UNIVERSE.fields.keys() - _GROUND
