"""From motion to wishes: the rules of a universe."""

from app.core.mapping.compiler import compile
from app.core.mapping.rules import Rules
from app.core.mapping.want import Want

__all__ = ["Rules", "Want", "compile"]
