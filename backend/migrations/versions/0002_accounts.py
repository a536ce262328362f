"""Give people profiles, pictures, keys for scripts and letters"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("email_confirmed_at", sa.DateTime(timezone=True)))
        table.add_column(_text("bio", 500, ""))
        table.add_column(sa.Column("colour", sa.String(length=7)))
        table.add_column(sa.Column("avatar", sa.String(length=64)))
        table.add_column(_text("theme", 8, "system"))
        table.add_column(_text("motion", 8, "system"))
        table.add_column(_text("language", 35, "en"))
        table.create_check_constraint(
            op.f("ck_users_theme"), "theme IN ('system', 'dark', 'light')"
        )
        table.create_check_constraint(
            op.f("ck_users_motion"), "motion IN ('system', 'full', 'reduced')"
        )
    with op.batch_alter_table("sessions") as table:
        table.add_column(_text("label", 80, ""))
        table.add_column(sa.Column("last_used_at", sa.DateTime(timezone=True)))
    _avatars()
    _api_keys()
    _mail_tokens()
    _mails()


def downgrade() -> None:
    for name in ("mails", "mail_tokens", "api_keys", "avatars"):
        op.drop_table(name)
    with op.batch_alter_table("sessions") as table:
        table.drop_column("last_used_at")
        table.drop_column("label")
    with op.batch_alter_table("users") as table:
        table.drop_constraint(op.f("ck_users_motion"), type_="check")
        table.drop_constraint(op.f("ck_users_theme"), type_="check")
        for name in ("language", "motion", "theme", "avatar", "colour", "bio"):
            table.drop_column(name)
        table.drop_column("email_confirmed_at")


def _text(name: str, length: int, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), server_default=default, nullable=False)


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id_users"), ondelete="CASCADE"
    )


def _record() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _avatars() -> None:
    op.create_table(
        "avatars",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        _owner("avatars"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_avatars")),
    )


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        *_record(),
        _owner("api_keys"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_keys_hash")),
    )
    op.create_index(op.f("ix_api_keys_user_id_id"), "api_keys", ["user_id", "id"])


def _mail_tokens() -> None:
    op.create_table(
        "mail_tokens",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *_record(),
        _owner("mail_tokens"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_mail_tokens_hash")),
    )
    op.create_index(op.f("ix_mail_tokens_expires_at"), "mail_tokens", ["expires_at"])
    op.create_index(op.f("ix_mail_tokens_user_id_purpose"), "mail_tokens", ["user_id", "purpose"])


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("token_id", sa.Uuid(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["token_id"],
            ["mail_tokens.id"],
            name=op.f("fk_mails_token_id_mail_tokens"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    op.create_index(op.f("ix_mails_due_at"), "mails", ["due_at"])
    op.create_index(op.f("ix_mails_token_id"), "mails", ["token_id"])
