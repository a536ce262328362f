"""E-mail addresses: which are some, and the one form each is known by."""

import unicodedata

from app.errors import ParameterError

LONGEST = 320


def folded(email: str) -> str:
    """Return an address as it is compared, whether or not it is one."""
    return unicodedata.normalize("NFC", email.strip()[:LONGEST]).lower()


def canonical_email(email: str) -> str:
    """Return the form under which an address is unique; what is no address is refused."""
    canonical = unicodedata.normalize("NFC", email).lower()
    name, _, domain = canonical.rpartition("@")
    # Quotes, lists and groups are grammar in a letter's head: an address has none.
    plain = canonical.isprintable() and not any(sign in ' ,;:<>()[]"\\' for sign in canonical)
    plain = plain and not any(sign.isspace() for sign in canonical)
    if not (plain and 0 < len(name) <= 64 and 0 < len(domain) <= 255 and "@" not in name):
        raise ParameterError("the e-mail address needs the form name@host")
    return canonical
