"""Names for rows: UUIDs of version 7 ascend with time, so an index on them is a timeline."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """Make a fresh identifier; later ones compare greater."""
    return compat.uuid7()
