"""Questions of students about results, and for how long an assignment takes them.

Revision 0012; follows 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OPEN = sa.text("answered_at IS NULL")


def upgrade() -> None:
    """Add both; a result that is a week old or less can be asked about."""
    op.add_column("course_assignments", sa.Column("question_days", sa.Integer(), server_default=sa.text("7")))
    op.create_table(
        "questions",
        sa.Column("submission_id", sa.String(32), nullable=False),
        sa.Column("part", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("answered_at", sa.String(27)),
        sa.Column("answered_by_id", sa.String(32)),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="ck_questions_answer"),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_questions_submission_id"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name="fk_questions_answered_by_id"),
        sa.PrimaryKeyConstraint("submission_id", name="pk_questions"),
    )
    op.create_index("ix_questions_open", "questions", ["at"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    """Take both back; questions are forgotten, the comments that answer them stay."""
    op.drop_table("questions")
    op.drop_column("course_assignments", "question_days")
