"""A universe as a document: the one place that judges it."""

from app.core.document.document import BYTES_MAX, Document, faults_of, judge, parse, reread
from app.core.document.schema import schema

__all__ = ["BYTES_MAX", "Document", "faults_of", "judge", "parse", "reread", "schema"]
