"""The events of a course in their order, so that a page of them is read without all of them.

Revision 0011; follows 0010.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Have the index on the course go on with the event; an event is in as many indexes as before."""
    op.create_index("ix_events_course_id_id", "events", ["course_id", "id"])
    op.drop_index("ix_events_course_id", "events")


def downgrade() -> None:
    """Take it back."""
    op.create_index("ix_events_course_id", "events", ["course_id"])
    op.drop_index("ix_events_course_id_id", "events")
