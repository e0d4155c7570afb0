"""Assignments where a new upload takes the place of one that still waits.

Revision 0009; follows 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; everything handed in is graded, as before."""
    op.add_column(
        "course_assignments", sa.Column("newest_only", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_column("course_assignments", "newest_only")
