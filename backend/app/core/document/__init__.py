"""A universe as a document: the one place that judges it."""

from app.core.document.document import BYTES_MAX, Document, judge, parse, replayed, reread
from app.core.document.faults import ID
from app.core.document.identity import grammar_id
from app.core.document.schema import schema

__all__ = [
    "BYTES_MAX",
    "ID",
    "Document",
    "grammar_id",
    "judge",
    "parse",
    "replayed",
    "reread",
    "schema",
]
