"""What a universe is found by: its title, what it says about itself, its tags."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.core.document import Document
from app.crud import words
from app.errors import ParameterError
from app.models import Universe
from app.services.work import Work
from app.utils.search_words import folded, key_of, words_of

ABOUT_SHOWN = 280
TAGS_MAX = 12
TERMS_MAX = 8
_TAG = re.compile(r"[^\W_][\w-]{0,31}")


def describe(universe: Universe, data: Mapping[str, Any]) -> None:
    """Copy to columns what lists show and sort by."""
    title = str(data.get("title") or "Untitled")[:200]
    if universe.title != title:  # most changes leave it
        universe.title, universe.title_key = title, key_of(title)
    universe.about = str(data.get("about") or "")[:ABOUT_SHOWN]


def renew(work: Work, universe: Universe, data: Mapping[str, Any]) -> None:
    """Have a universe found by what it says now."""
    said = f"{universe.title} {data.get('about') or ''} {universe.tags}"
    marks = [f"#{folded(tag)[:33]}" for tag in universe.tags.split()]
    words.renew(work.session, universe, [*words_of(said), *marks])


def renew_if_changed(
    work: Work, universe: Universe, before: Mapping[str, Any], after: Document
) -> None:
    """Renew the words only if the title or the text has changed: most edits touch neither."""
    if any(before.get(part) != after.data.get(part) for part in ("title", "about")):
        renew(work, universe, after.data)


def joined(tags: Iterable[str]) -> str:
    """Return tags as they are kept: in small letters, each once, in the order given."""
    found = list(dict.fromkeys(_tag(tag) for tag in tags))
    if len(found) > TAGS_MAX:
        raise ParameterError(f"{len(found)} tags are too many; {TAGS_MAX} will do")
    return " ".join(found)


def terms_of(text: str) -> tuple[str, ...]:
    """Return the words to look for; each has to begin some word of what is found."""
    found = words_of(text)
    if not found or len(found) > TERMS_MAX:
        raise ParameterError(f"search for 1 to {TERMS_MAX} words; this has {len(found)}")
    return tuple(found)


def marks_of(text: str) -> tuple[str, ...]:
    """Return the tags to look for, given with commas between them."""
    return tuple(folded(tag)[:33] for tag in joined(text.split(",")).split())


def _tag(text: str) -> str:
    tag = text.strip().casefold()
    if not _TAG.fullmatch(tag):
        raise ParameterError(
            f"{text!r:.50} is no tag; a tag has up to 32 letters, digits and hyphens"
        )
    return tag
