"""The tables of what is worked out about assignments, the last result of each kind: audits and comparisons of work."""

from sqlalchemy import Column, ForeignKey, String, Table

from submissions.schema.columns import JsonText, UtcTime
from submissions.schema.tables import ID, metadata

__all__ = ["audits", "comparisons", "metadata"]

# Of an assignment of the catalogue, whichever courses ask it.
audits = Table(
    "audits",
    metadata,
    Column("slug", String(100), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("found", JsonText, nullable=False),
)

comparisons = Table(
    "comparisons",
    metadata,
    Column("course_assignment_id", ID, ForeignKey("course_assignments.id"), primary_key=True),
    Column("by_id", ID, ForeignKey("users.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("found", JsonText, nullable=False),
)
