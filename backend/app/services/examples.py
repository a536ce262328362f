"""The universes everybody finds on arrival, planted from files at every start."""

from functools import partial
from pathlib import Path

from app.core.document import parse
from app.crud import universes
from app.models import Universe
from app.services import universes as making
from app.services.work import SYSTEM, Work, Works


def plant(works: Works, folder: Path) -> tuple[str, ...]:
    """Plant each example that is new and refresh each whose file has changed; say which.

    Those in the folder `templates` are there to begin with: they are listed as templates, too.
    """
    return tuple(
        path.stem
        for path in (*sorted(folder.glob("*.json")), *sorted(folder.glob("templates/*.json")))
        if works.run(partial(_plant, path, path.parent != folder), SYSTEM)
    )


def _plant(path: Path, template: bool, work: Work) -> bool:
    document = work.tools.documents.keep(parse(path.read_bytes()))
    universe = universes.find_example(work.session, path.stem)
    if universe is None:
        fresh = Universe(example=path.stem, visibility="public", licence="CC0-1.0")
        fresh.template = template
        making.plant(work, fresh, document)
        return True
    if universe.sha256 == document.sha256:
        return False
    making.replace(work, universe, document)
    return True
