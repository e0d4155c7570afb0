"""The tables of what staff decide and answer."""

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, Text, text

from submissions.schema.columns import UtcTime
from submissions.schema.tables import ID, metadata

__all__ = ["comments", "extensions", "metadata", "overrides", "questions", "regrade_gradings", "regrades"]

extensions = Table(
    "extensions",
    metadata,
    Column("course_assignment_id", ID, ForeignKey("course_assignments.id"), primary_key=True),
    Column("user_id", ID, ForeignKey("users.id"), primary_key=True, index=True),
    Column("due_at", UtcTime),
    Column("more_attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_id", ID, ForeignKey("users.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("more_attempts >= 0", name="attempts"),
)

# What holds now; what held before is in the events.
overrides = Table(
    "overrides",
    metadata,
    Column("submission_id", ID, ForeignKey("submissions.id"), primary_key=True),
    Column("points", Float, nullable=False),
    Column("maximum", Float, nullable=False),
    Column("comment", Text, nullable=False),
    Column("by_id", ID, ForeignKey("users.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("points >= 0", name="points"),
)

comments = Table(
    "comments",
    metadata,
    Column("id", ID, primary_key=True),
    Column("submission_id", ID, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("author_id", ID, ForeignKey("users.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

# One of a submission; the answer is a comment or an override, whose words are where they belong.
questions = Table(
    "questions",
    metadata,
    Column("submission_id", ID, ForeignKey("submissions.id"), primary_key=True),
    Column("part", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Column("answered_by_id", ID, ForeignKey("users.id")),
    CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer"),
)
_open = text("answered_at IS NULL")
Index("ix_questions_open", questions.c.at, sqlite_where=_open, postgresql_where=_open)

regrades = Table(
    "regrades",
    metadata,
    Column("id", ID, primary_key=True),
    Column("course_assignment_id", ID, ForeignKey("course_assignments.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("version", String(128), nullable=False),
    Column("by_id", ID, ForeignKey("users.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    CheckConstraint("state IN ('preview', 'applied', 'undone', 'discarded')", name="state"),
)

# The gradings of a regrade count only once they are pointed at, which apply and undo do.
regrade_gradings = Table(
    "regrade_gradings",
    metadata,
    Column("grading_id", ID, ForeignKey("gradings.id"), primary_key=True),
    Column("regrade_id", ID, ForeignKey("regrades.id"), nullable=False, index=True),
    Column("submission_id", ID, ForeignKey("submissions.id"), nullable=False, index=True),
    # Which one counted before this one was applied; NULL where this one does not count.
    Column("replaced_id", ID),
)
