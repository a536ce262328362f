"""Keep the names of guests with what they did, and the language of a letter with it"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("universe_events", sa.Column("guest_name", sa.String(80)))
    op.add_column(
        "mails", sa.Column("language", sa.String(35), nullable=False, server_default="en")
    )
    # Seats that are still there tell what their guests were called.
    op.execute(
        "UPDATE universe_events SET guest_name = (SELECT name FROM guests WHERE guests.id = actor_id)"
        " WHERE actor_kind = 'guest'"
    )


def downgrade() -> None:
    op.drop_column("mails", "language")
    op.drop_column("universe_events", "guest_name")
