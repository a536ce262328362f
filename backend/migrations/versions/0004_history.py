"""Let history be named and undone, and the whole text be written later than its last change"""

import json

import sqlalchemy as sa
from alembic import op

# The text of a document is what the program writes, so the two are one function.
from app.utils.merge_patch import merged
from app.utils.strict_json import canonical

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWN = "ix_universe_events_universe_id_actor_id_rev"
STALE = """SELECT id, document, changes - written_changes AS missing FROM universes
WHERE changes > written_changes"""
PATCHES = """SELECT patch FROM universe_events WHERE universe_id = :id AND kind = 'document'
ORDER BY rev DESC LIMIT :missing"""


def upgrade() -> None:
    op.add_column("universe_events", sa.Column("act", sa.String(16)))
    op.add_column("universe_events", sa.Column("name", sa.String(80)))
    op.create_index(op.f(OWN), "universe_events", ["universe_id", "actor_id", "rev"])
    op.add_column("universes", sa.Column("grammar", sa.String(16)))
    op.add_column(
        "universes",
        sa.Column("written_changes", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.execute("UPDATE universes SET written_changes = changes")


def downgrade() -> None:
    _write_every_text()
    op.drop_column("universes", "written_changes")
    op.drop_column("universes", "grammar")
    op.drop_index(op.f(OWN), table_name="universe_events")
    op.drop_column("universe_events", "name")
    op.drop_column("universe_events", "act")


def _write_every_text() -> None:
    """Put every change into the text of its universe: below, nobody looks into the log for it."""
    connection = op.get_bind()
    for universe_id, text, missing in connection.execute(sa.text(STALE)).all():
        found = connection.execute(sa.text(PATCHES), {"id": universe_id, "missing": missing})
        data = json.loads(text)
        for (patch,) in reversed(found.all()):
            data = merged(data, json.loads(patch or "{}"))
        connection.execute(
            sa.text("UPDATE universes SET document = :text WHERE id = :id"),
            {"text": canonical(data), "id": universe_id},
        )
