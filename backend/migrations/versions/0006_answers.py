"""Keep with an idempotency key the answer it was given, not only what was made"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Keys last two days. One of before has no answer to give again, and says so.
    with op.batch_alter_table("idempotency_keys") as table:
        table.drop_column("result_id")
        table.add_column(
            sa.Column("answer", sa.LargeBinary(), nullable=False, server_default=sa.text("''"))
        )


def downgrade() -> None:
    # What was made under a key of now is not known below: it points at nothing, 404.
    with op.batch_alter_table("idempotency_keys") as table:
        table.drop_column("answer")
        table.add_column(sa.Column("result_id", sa.Uuid(), nullable=False, server_default="0" * 32))
