"""Audits of assignments and comparisons of what was handed in.

Revision 0006; follows 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audits",
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_audits"),
    )
    op.create_table(
        "comparisons",
        sa.Column("course_assignment_id", sa.String(32), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_assignment_id"], ["course_assignments.id"], name="fk_comparisons_course_assignment_id"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_comparisons_by_id"),
        sa.PrimaryKeyConstraint("course_assignment_id", name="pk_comparisons"),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("comparisons")
    op.drop_table("audits")
