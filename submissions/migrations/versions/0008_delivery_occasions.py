"""A grading may owe an address several messages: that it is done, and later what staff decided about it.

Revision 0008; follows 0007. SQLite changes no constraint of a table that is there, so there the table is made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, grading_id, kind, target, payload, created_at, next_at, attempts, delivered_at, error"  # as they are in 0001
)
OWED = sa.text("delivered_at IS NULL")
BEFORE, AFTER = "uq_deliveries_grading_id_kind_target", "uq_deliveries_grading_id_kind_target_occasion"


def upgrade() -> None:
    """Add the occasion, empty for what is owed already."""
    if op.get_bind().dialect.name != "sqlite":
        op.add_column("deliveries", _occasion())
        op.drop_constraint(BEFORE, "deliveries")
        op.create_unique_constraint(AFTER, "deliveries", ["grading_id", "kind", "target", "occasion"])
        return
    _make("deliveries_made", _occasion())
    op.execute(f"INSERT INTO deliveries_made ({COLUMNS}) SELECT {COLUMNS} FROM deliveries")  # noqa: S608  # our names
    _put_in_place()


def downgrade() -> None:
    """Take it back; messages about decisions of staff are forgotten."""
    op.execute("DELETE FROM deliveries WHERE occasion <> ''")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(AFTER, "deliveries")
        op.drop_column("deliveries", "occasion")
        op.create_unique_constraint(BEFORE, "deliveries", ["grading_id", "kind", "target"])
        return
    _make("deliveries_made", None)
    op.execute(f"INSERT INTO deliveries_made ({COLUMNS}) SELECT {COLUMNS} FROM deliveries")  # noqa: S608  # our names
    _put_in_place()


def _occasion() -> "sa.Column[str]":
    return sa.Column("occasion", sa.String(80), nullable=False, server_default="")


def _make(name: str, occasion: "sa.Column[str] | None") -> None:
    unique = ["grading_id", "kind", "target", *(["occasion"] if occasion is not None else [])]
    op.create_table(
        name,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("grading_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("target", sa.String(2000), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("next_at", sa.String(27), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered_at", sa.String(27)),
        sa.Column("error", sa.Text()),
        *([occasion] if occasion is not None else []),
        sa.ForeignKeyConstraint(["grading_id"], ["gradings.id"], name="fk_deliveries_grading_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint(*unique, name="uq_deliveries_" + "_".join(unique)),
    )


def _put_in_place() -> None:
    op.drop_table("deliveries")
    op.rename_table("deliveries_made", "deliveries")
    op.create_index("ix_deliveries_owed", "deliveries", ["next_at"], sqlite_where=OWED, postgresql_where=OWED)
