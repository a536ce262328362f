"""What a request says of the revision it is for: `If-Match` and `If-None-Match`, read strictly."""

import re

from flask import request

from app.errors import SyntaxFault
from app.services.conditions import Condition, Tags

# RFC 9110, section 8.8.3: quotes never stand inside, commas may. Empty elements say nothing.
_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_LIST = re.compile(rf"[ \t,]*(?:{_TAG}[ \t]*(?:,[ \t,]*|$))*")
_EACH = re.compile(r'(W/)?"([^"]*)"')
_DIGITS_MAX = 18


def said() -> Condition:
    """Read what the request asks of what is there."""
    return Condition(_tags("If-Match"), _tags("If-None-Match"))


def _tags(name: str) -> Tags | None:
    lines = request.headers.getlist(name)
    if not lines:
        return None
    text = ",".join(lines).strip(" \t")
    if text == "*":
        return Tags(whichever=True)
    if not _LIST.fullmatch(text):
        raise SyntaxFault(f'{name} has to be * or tags in quotes, as "12-ab", with commas between')
    found = [(weak, _revision(opaque)) for weak, opaque in _EACH.findall(text)]
    return Tags(
        revisions=frozenset(rev for weak, rev in found if rev and not weak),
        weak=frozenset(rev for weak, rev in found if rev and weak),
    )


def _revision(opaque: str) -> int | None:
    # What stands behind the revision says how it was told, which a change does not mind.
    digits = opaque.partition("-")[0]
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS_MAX
    return int(digits) if plain else None
