"""Keep idempotency keys of those who have no account yet"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visitor_keys",
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("route", sa.String(64), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("holder", "route", "key", name=op.f("pk_visitor_keys")),
    )
    op.create_index(op.f("ix_visitor_keys_created_at"), "visitor_keys", ["created_at"])


def downgrade() -> None:
    # Keys last two days; what was done under one of a visitor's may be done again below.
    op.drop_table("visitor_keys")
