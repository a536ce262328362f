"""What the document of a universe is at this moment, and when its text is written.

A row's text may be older than the last edits of a room, which are in the log: written at most once
a second, it is brought up to date by whoever reads it.
"""

import json

from app.core.document import Document, grammar_id, replayed
from app.crud import events, universes
from app.models import Universe
from app.services.work import Work


def current(work: Work, universe: Universe) -> Document:
    """Return the document of a universe as it is now, the edits since its text was written too."""
    documents = work.tools.documents
    known = documents.known(universe.sha256)
    if known is not None:
        return known
    sound = universe.grammar == grammar_id()
    missing = universe.changes - universe.written_changes
    text = universe.document or universes.find_text(work.session, universe.id)
    if not missing:
        return documents.of(text, universe.sha256, sound=sound)
    patches = events.list_last_patches(work.session, universe.id, missing)
    document = replayed(text, map(json.loads, patches), sound=sound)
    assert document.sha256 == universe.sha256, "the log tells how the text goes on"
    return documents.keep(document)


def write(universe: Universe, document: Document, *, lazily: bool = False) -> None:
    """Give a universe another document; lazily, its text is left to the log for a while.

    `history.record` counts the change; until then the text seems older than it is.
    """
    universe.sha256 = document.sha256
    universe.grammar = None if document.faults else grammar_id()
    if not lazily:
        universe.document = document.text
        universe.written_changes = universe.changes + 1


def catch_up(work: Work, universe: Universe) -> None:
    """Write the text that edits have left to the log."""
    if universe.written_changes < universe.changes:
        universes.write_text(work.session, universe, current(work, universe).text)
