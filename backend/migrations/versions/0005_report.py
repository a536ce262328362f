"""Let a finished render say how loud it became"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("report", sa.Text()))


def downgrade() -> None:
    op.drop_column("jobs", "report")
