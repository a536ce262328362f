"""From a document to its rules, ready to run."""

from app.core.document.bodies import BodySpec, crowds, roster
from app.core.document.document import Document
from app.core.document.rules import rules
from app.core.mapping.builtin import APPEAR
from app.core.mapping.rules import Rules


def compile(document: Document) -> Rules:
    """Give the rules of a universe, its own and those built in, with what physics must watch."""
    specs = list(rules(document))
    if not any(spec.when.event == "appear" for spec in specs):
        specs.append(APPEAR)
    return Rules(document, sorted(specs, key=lambda spec: spec.id), everybody(document))


def everybody(document: Document) -> tuple[BodySpec, ...]:
    """Give every body of a universe, members of crowds among them, in ascending id."""
    sown = [body for crowd in crowds(document) for body in crowd.members]
    return tuple(sorted((*roster(document), *sown), key=lambda body: body.id))
