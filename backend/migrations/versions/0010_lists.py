"""Let every list be read in its order without figures about the tables: SQLite has none"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ORDERS = ("updated_at", "title_key", "stars")
PUBLIC = sa.text("visibility = 'public'")


def upgrade() -> None:
    op.create_index(
        op.f("ix_universes_id"), "universes", ["id"], sqlite_where=PUBLIC, postgresql_where=PUBLIC
    )
    op.drop_index(op.f("ix_universes_visibility_id"), table_name="universes")
    for order in ORDERS:
        op.create_index(
            op.f(f"ix_universes_visibility_{order}_id"),
            "universes",
            ["visibility", order, "id"],
            sqlite_where=sa.text("template IS 1"),
            postgresql_where=sa.text("template IS true"),
        )
    op.create_index(
        op.f("ix_universe_words_universe_id_word"), "universe_words", ["universe_id", "word"]
    )
    op.drop_index(op.f("ix_universe_words_universe_id"), table_name="universe_words")


def downgrade() -> None:
    op.create_index(op.f("ix_universe_words_universe_id"), "universe_words", ["universe_id"])
    op.drop_index(op.f("ix_universe_words_universe_id_word"), table_name="universe_words")
    for order in ORDERS:
        op.drop_index(op.f(f"ix_universes_visibility_{order}_id"), table_name="universes")
    op.create_index(op.f("ix_universes_visibility_id"), "universes", ["visibility", "id"])
    op.drop_index(op.f("ix_universes_id"), table_name="universes")
