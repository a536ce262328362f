"""Keeping the database at the tables of this version, and refusing to work on others."""

from pathlib import Path

from app.errors import Unavailable
from app.models import schema


def bring_up(url: str, *, copy_first: bool = True) -> str:
    """Migrate a database to this version, a SQLite file being copied first, and say its revision.

    Several nodes may do this at once: one migrates, the others find it done.
    """
    found, needed = schema.current(url), schema.newest()
    if found == needed:
        return needed
    _refuse_newer(found)
    path = Path(url.removeprefix("sqlite:///"))
    if copy_first and found is not None and url.startswith("sqlite"):
        schema.keep_copy(path)
    schema.upgrade(url)
    return needed


def require_current(url: str) -> None:
    """Refuse to work on a database that was not migrated to this version."""
    found, needed = schema.current(url), schema.newest()
    _refuse_newer(found)
    if found != needed:
        raise Unavailable(
            f"the database is at revision {found or 'none'} and this version needs {needed}: "
            "run `mundi migrate`",
            code="not_migrated",
        )


def _refuse_newer(found: str | None) -> None:
    if found is not None and not schema.known(found):
        raise Unavailable(
            f"the database is at revision {found}, which a newer version made: run that one",
            code="newer_database",
        )
