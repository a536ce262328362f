"""The words a text is found by: the same in every database, because they are made here."""

import re
import unicodedata

LONGEST = 32
MOST = 200
_WORD = re.compile(r"[^\W_]+")
# Scripts written without blanks: each sign is a word of its own.
_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def folded(text: str) -> str:
    """Return a text without case, accents and other ways of writing the same letters."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFKC", plain).casefold()


def words_of(text: str) -> list[str]:
    """Return the different words of a text in order, at most `MOST`, each cut at `LONGEST`."""
    spaced = _SIGN.sub(lambda found: f" {found[0]} ", folded(text))
    words = dict.fromkeys(word[:LONGEST] for word in _WORD.findall(spaced))
    return list(words)[:MOST]


def key_of(title: str) -> str:
    """Return what a title is sorted by."""
    return " ".join(folded(title).split())[:200]
