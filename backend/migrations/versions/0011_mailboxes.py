"""Find what was asked for a mailbox, from where, and the letters that wait for it"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WORDS = {"mailbox": 320, "asked_from": 32}


def upgrade() -> None:
    for name, longest in WORDS.items():
        column = sa.Column(name, sa.String(longest), nullable=False, server_default="")
        op.add_column("mail_tokens", column)
    _fill()
    op.create_index(op.f("ix_mail_tokens_mailbox_purpose"), "mail_tokens", ["mailbox", "purpose"])
    op.create_index(op.f("ix_mails_recipient_kind"), "mails", ["recipient", "kind"])


def _fill() -> None:
    tokens = sa.table("mail_tokens", *(sa.column(name) for name in ("hash", "email", "mailbox")))
    connection = op.get_bind()
    for mark, email in connection.execute(sa.select(tokens.c.hash, tokens.c.email)).all():
        mailbox = unicodedata.normalize("NFC", email).lower()
        mine = tokens.c.hash == mark
        connection.execute(sa.update(tokens).where(mine).values(mailbox=mailbox))


def downgrade() -> None:
    # A letter that waits without a token gets one when it leaves; below that is not known.
    op.execute("DELETE FROM mails WHERE kind = 'reset' AND token_id IS NULL")
    op.drop_index(op.f("ix_mails_recipient_kind"), table_name="mails")
    op.drop_index(op.f("ix_mail_tokens_mailbox_purpose"), table_name="mail_tokens")
    for name in reversed(WORDS):
        op.drop_column("mail_tokens", name)
