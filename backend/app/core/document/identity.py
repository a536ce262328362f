"""Which grammar this is: a name that changes whenever what it takes may have."""

import functools
import hashlib
from pathlib import Path

CORE = Path(__file__).resolve().parent.parent


@functools.cache
def grammar_id() -> str:
    """Give the name of this grammar, 16 hex digits of the hash of its sources."""
    digest = hashlib.sha256()
    for room in ("document", "parameters"):
        for source in sorted((CORE / room).rglob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
