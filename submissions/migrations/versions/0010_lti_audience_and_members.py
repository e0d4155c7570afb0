"""To whom requests for a platform's tokens are addressed, and which of its courses a person is in.

Revision 0010; follows 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both. Who is here already may be in any of the platform's courses that stand for one of theirs, as before."""
    op.add_column("lti_platforms", sa.Column("token_audience", sa.String(2000), nullable=False, server_default=""))
    op.create_table(
        "lti_members",
        sa.Column("platform_id", sa.String(32), nullable=False),
        sa.Column("context_id", sa.String(255), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platforms.id"], name="fk_lti_members_platform_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_lti_members_user_id"),
        sa.PrimaryKeyConstraint("platform_id", "context_id", "user_id", name="pk_lti_members"),
    )
    op.create_index("ix_lti_members_user_id", "lti_members", ["user_id"])
    op.execute(
        "INSERT INTO lti_members (platform_id, context_id, user_id)"
        " SELECT DISTINCT lti_people.platform_id, lti_contexts.context_id, lti_people.user_id FROM lti_people"
        " JOIN lti_contexts ON lti_contexts.platform_id = lti_people.platform_id"
        " JOIN enrollments ON enrollments.course_id = lti_contexts.course_id"
        " AND enrollments.user_id = lti_people.user_id"
    )


def downgrade() -> None:
    """Take both back."""
    op.drop_table("lti_members")
    op.drop_column("lti_platforms", "token_audience")
