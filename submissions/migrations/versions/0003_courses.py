"""What instructors decide: late policies, refills, visibility, extensions, overrides, comments, regrades.

Revision 0003; follows 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.String(32)
TIME = sa.String(27)

TABLES = ("extensions", "overrides", "comments", "regrades", "regrade_gradings")
"""In the order they are made: what is referred to comes first."""

ASKED = ("refill_per_day", "late", "late_percent", "grace_days", "closes_at", "visible")

# Until now the grading that counts was found anew each time: the newest that is done, or the newest while none is.
POINT_AT_CURRENT = """
UPDATE submissions SET current_grading_id = (
    SELECT id FROM gradings WHERE gradings.submission_id = submissions.id
    ORDER BY CASE WHEN state = 'done' THEN 0 ELSE 1 END, number DESC LIMIT 1
)
"""

# Without the tables the newest grading would count again, also one that a regrade only tried.
NOT_COUNTED = """
SELECT grading_id FROM regrade_gradings JOIN submissions ON submissions.id = regrade_gradings.submission_id
WHERE submissions.current_grading_id <> grading_id
"""


def upgrade() -> None:
    """Add the columns and the tables; point every submission at the grading that counted so far."""
    op.add_column("course_assignments", sa.Column("refill_per_day", sa.Integer()))
    op.add_column("course_assignments", sa.Column("late", sa.String(16), nullable=False, server_default="closed"))
    op.add_column("course_assignments", sa.Column("late_percent", sa.Float(), nullable=False, server_default="0"))
    op.add_column("course_assignments", sa.Column("grace_days", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("course_assignments", sa.Column("closes_at", TIME))
    op.add_column("course_assignments", sa.Column("visible", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("submissions", sa.Column("current_grading_id", ID))
    op.execute(POINT_AT_CURRENT)
    for column in ("course_id", "submission_id"):
        op.add_column("events", sa.Column(column, ID))
        op.create_index(f"ix_events_{column}", "events", [column])
    op.create_table(
        "extensions",
        sa.Column("course_assignment_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("due_at", TIME),
        sa.Column("more_attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.CheckConstraint("more_attempts >= 0", name=op.f("ck_extensions_attempts")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_extensions_by_id"),
        sa.ForeignKeyConstraint(
            ["course_assignment_id"], ["course_assignments.id"], name="fk_extensions_course_assignment_id"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_extensions_user_id"),
        sa.PrimaryKeyConstraint("course_assignment_id", "user_id", name="pk_extensions"),
    )
    op.create_index("ix_extensions_user_id", "extensions", ["user_id"])
    op.create_table(
        "overrides",
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("maximum", sa.Float(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_overrides_points")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_overrides_by_id"),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_overrides_submission_id"),
        sa.PrimaryKeyConstraint("submission_id", name="pk_overrides"),
    )
    op.create_table(
        "comments",
        sa.Column("id", ID, nullable=False),
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name="fk_comments_author_id"),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_comments_submission_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    op.create_index("ix_comments_submission_id", "comments", ["submission_id"])
    op.create_table(
        "regrades",
        sa.Column("id", ID, nullable=False),
        sa.Column("course_assignment_id", ID, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.String(128), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.CheckConstraint("state IN ('preview', 'applied', 'undone', 'discarded')", name=op.f("ck_regrades_state")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_regrades_by_id"),
        sa.ForeignKeyConstraint(
            ["course_assignment_id"], ["course_assignments.id"], name="fk_regrades_course_assignment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_regrades"),
    )
    op.create_index("ix_regrades_course_assignment_id", "regrades", ["course_assignment_id"])
    op.create_table(
        "regrade_gradings",
        sa.Column("grading_id", ID, nullable=False),
        sa.Column("regrade_id", ID, nullable=False),
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("replaced_id", ID),
        sa.ForeignKeyConstraint(["grading_id"], ["gradings.id"], name="fk_regrade_gradings_grading_id"),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrades.id"], name="fk_regrade_gradings_regrade_id"),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_regrade_gradings_submission_id"),
        sa.PrimaryKeyConstraint("grading_id", name="pk_regrade_gradings"),
    )
    op.create_index("ix_regrade_gradings_regrade_id", "regrade_gradings", ["regrade_id"])
    op.create_index("ix_regrade_gradings_submission_id", "regrade_gradings", ["submission_id"])


def downgrade() -> None:
    """Take back the tables and the columns, and the gradings that a regrade only tried."""
    op.execute("CREATE TEMPORARY TABLE tried AS" + NOT_COUNTED)
    for table in reversed(TABLES):
        op.drop_table(table)
    for table, column in (("grading_parts", "grading_id"), ("deliveries", "grading_id"), ("gradings", "id")):
        op.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT grading_id FROM tried)")  # noqa: S608  # our names
    op.execute("DROP TABLE tried")
    for column in ("course_id", "submission_id"):
        op.drop_index(f"ix_events_{column}", "events")
        op.drop_column("events", column)
    op.drop_column("submissions", "current_grading_id")
    for column in reversed(ASKED):
        op.drop_column("course_assignments", column)
