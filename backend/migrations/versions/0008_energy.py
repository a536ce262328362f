"""Note with how far a journal was played how well its energy was kept"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journals", sa.Column("energy_error", sa.Double()))


def downgrade() -> None:
    op.drop_column("journals", "energy_error")
