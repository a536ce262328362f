"""Let people share, find, fork, star and discuss universes"""

import sqlalchemy as sa
from alembic import op

# What is written here once must be what the program writes later, so the two are one function.
from app.utils.search_words import key_of, words_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PUBLIC = sa.text("visibility = 'public'")
NEW = ("template", "stars", "licence", "tags", "about", "title_key")
LISTED = ("updated_at", "title_key", "stars", "template")
VISIBILITY = "visibility IN ('private', 'unlisted', 'public')"
LINK_ROLES = {
    True: "link_role IN ('viewer', 'performer', 'editor')",
    False: "link_role IN ('viewer', 'editor')",
}


def upgrade() -> None:
    with op.batch_alter_table("universes", table_args=_checks(new=False)) as table:
        table.add_column(sa.Column("title_key", _plain(200), nullable=False, server_default=""))
        table.add_column(sa.Column("about", sa.String(280), nullable=False, server_default=""))
        table.add_column(sa.Column("tags", sa.String(500), nullable=False, server_default=""))
        table.add_column(
            sa.Column("licence", sa.String(32), nullable=False, server_default="CC-BY-4.0")
        )
        table.add_column(
            sa.Column("template", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("stars", sa.BigInteger(), nullable=False, server_default="0"))
        table.drop_constraint(op.f("ck_universes_link_role"), type_="check")
        table.create_check_constraint(op.f("ck_universes_link_role"), LINK_ROLES[True])
    for column in LISTED:
        op.create_index(
            op.f(f"ix_universes_{column}_id"),
            "universes",
            [column, "id"],
            sqlite_where=PUBLIC,
            postgresql_where=PUBLIC,
        )
    _universe_words()
    _members()
    _share_links()
    _guests()
    _stars()
    _comments()
    _make_findable()


def downgrade() -> None:
    for table in ("comments", "stars", "guests", "share_links", "members", "universe_words"):
        op.drop_table(table)
    for column in LISTED:
        op.drop_index(op.f(f"ix_universes_{column}_id"), table_name="universes")
    # There is no performer below: who was one listens.
    op.execute("UPDATE universes SET link_role = 'viewer' WHERE link_role = 'performer'")
    with op.batch_alter_table("universes", table_args=_checks(new=True)) as table:
        table.drop_constraint(op.f("ck_universes_link_role"), type_="check")
        table.create_check_constraint(op.f("ck_universes_link_role"), LINK_ROLES[False])
        for column in NEW:
            table.drop_column(column)


def _plain(length: int) -> sa.types.TypeEngine:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _checks(*, new: bool) -> tuple[sa.CheckConstraint, ...]:
    # SQLite copies a table without its checks unless it is told them.
    return (
        sa.CheckConstraint(VISIBILITY, name=op.f("ck_universes_visibility")),
        sa.CheckConstraint(LINK_ROLES[new], name=op.f("ck_universes_link_role")),
    )


def _key(table: str, column: str, to: str, *, gone: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=gone
    )


def _record() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _universe_words() -> None:
    op.create_table(
        "universe_words",
        sa.Column("word", _plain(34), nullable=False),
        sa.Column("universe_id", sa.Uuid(), nullable=False),
        _key("universe_words", "universe_id", "universes"),
        sa.PrimaryKeyConstraint("word", "universe_id", name=op.f("pk_universe_words")),
    )
    _index("universe_words", "universe_id")


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("universe_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(16), nullable=True),
        sa.Column("offered", sa.String(16), nullable=True),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('viewer', 'performer', 'editor')", name=op.f("ck_members_role")
        ),
        sa.CheckConstraint(
            "offered IN ('viewer', 'performer', 'editor', 'owner')", name=op.f("ck_members_offered")
        ),
        sa.CheckConstraint(
            "role IS NOT NULL OR offered IS NOT NULL", name=op.f("ck_members_something")
        ),
        _key("members", "universe_id", "universes"),
        _key("members", "user_id", "users"),
        _key("members", "invited_by", "users", gone="SET NULL"),
        sa.PrimaryKeyConstraint("universe_id", "user_id", name=op.f("pk_members")),
    )
    _index("members", "user_id", "universe_id")
    _index("members", "invited_by")


def _share_links() -> None:
    op.create_table(
        "share_links",
        sa.Column("universe_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("guests", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uses_max", sa.BigInteger(), nullable=True),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "role IN ('viewer', 'performer', 'editor')", name=op.f("ck_share_links_role")
        ),
        _key("share_links", "universe_id", "universes"),
        _key("share_links", "created_by", "users", gone="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_links")),
        sa.UniqueConstraint("hash", name=op.f("uq_share_links_hash")),
    )
    _index("share_links", "universe_id", "id")
    _index("share_links", "created_by")


def _guests() -> None:
    op.create_table(
        "guests",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        *_record(),
        _key("guests", "link_id", "share_links"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guests")),
        sa.UniqueConstraint("hash", name=op.f("uq_guests_hash")),
    )
    _index("guests", "link_id")


def _stars() -> None:
    op.create_table(
        "stars",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("universe_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _key("stars", "user_id", "users"),
        _key("stars", "universe_id", "universes"),
        sa.PrimaryKeyConstraint("user_id", "universe_id", name=op.f("pk_stars")),
    )
    _index("stars", "universe_id")


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("universe_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("target_id", sa.String(64), nullable=True),
        sa.Column("journal_id", sa.Uuid(), nullable=True),
        sa.Column("tick", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replies", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "target IN ('universe', 'body', 'moment', 'story')", name=op.f("ck_comments_target")
        ),
        _key("comments", "universe_id", "universes"),
        _key("comments", "parent_id", "comments"),
        _key("comments", "author_id", "users", gone="SET NULL"),
        _key("comments", "resolved_by", "users", gone="SET NULL"),
        _key("comments", "journal_id", "journals", gone="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    _index("comments", "universe_id", "parent_id", "id")
    for column in ("parent_id", "author_id", "resolved_by", "journal_id"):
        _index("comments", column)


def _make_findable() -> None:
    """Give every universe that is there the words it is found by."""
    rows = sa.table("universes", sa.column("id", sa.Uuid()), sa.column("title"),
                    sa.column("title_key"))  # fmt: skip
    words = sa.table("universe_words", sa.column("word"), sa.column("universe_id", sa.Uuid()))
    connection = op.get_bind()
    for universe_id, title in connection.execute(sa.select(rows.c.id, rows.c.title)).all():
        connection.execute(
            rows.update().where(rows.c.id == universe_id).values(title_key=key_of(title))
        )
        found = [{"word": word, "universe_id": universe_id} for word in words_of(title)]
        if found:
            connection.execute(words.insert(), found)
