"""The tables of courses, uploads and gradings, to which the other files of this folder add theirs."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from submissions.schema.columns import JsonText, UtcTime

# Names are given by rule so that a later migration can drop or alter a constraint on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)  # hex of a random UUID
SHA256 = String(64)  # hex

users = Table(
    "users",
    metadata,
    Column("id", ID, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("password_hash", String(255)),
    Column("is_operator", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("time_zone", String(64)),
    Column("email_confirmed", Boolean, nullable=False, server_default=true()),
)

login_sessions = Table(
    "login_sessions",
    metadata,
    Column("token_sha256", SHA256, primary_key=True),
    Column("user_id", ID, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("csrf_token", String(128), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("browser", String(200)),
    Column("last_seen_at", UtcTime),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", ID, primary_key=True),
    Column("user_id", ID, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("token_sha256", SHA256, nullable=False, unique=True),
    Column("scopes", JsonText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("last_used_at", UtcTime),
)

courses = Table(
    "courses",
    metadata,
    Column("id", ID, primary_key=True),
    Column("slug", String(100), nullable=False, unique=True),
    Column("title", String(200), nullable=False),
    Column("time_zone", String(64), nullable=False),
)

enrollments = Table(
    "enrollments",
    metadata,
    Column("course_id", ID, ForeignKey("courses.id"), primary_key=True),
    Column("user_id", ID, ForeignKey("users.id"), primary_key=True, index=True),
    Column("role", String(16), nullable=False),
)

course_assignments = Table(
    "course_assignments",
    metadata,
    Column("id", ID, primary_key=True),
    Column("course_id", ID, ForeignKey("courses.id"), nullable=False),
    Column("slug", String(100), nullable=False),
    Column("title", String(200), nullable=False),
    Column("points", Float, nullable=False),
    Column("opens_at", UtcTime),
    Column("due_at", UtcTime),
    Column("attempts", Integer),
    Column("refill_per_day", Integer),
    Column("late", String(16), nullable=False, server_default="closed"),
    Column("late_percent", Float, nullable=False, server_default="0"),
    Column("grace_days", Integer, nullable=False, server_default="0"),
    Column("closes_at", UtcTime),
    Column("visible", Boolean, nullable=False, server_default=true()),
    Column("newest_only", Boolean, nullable=False, server_default=false()),
    Column("question_days", Integer, server_default=text("7")),
    UniqueConstraint("course_id", "slug"),
    CheckConstraint("attempts IS NULL OR attempts > 0", name="attempts"),
)

# The same bytes handed in twice are stored once.
blobs = Table(
    "blobs",
    metadata,
    Column("sha256", SHA256, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("course_assignment_id", ID, ForeignKey("course_assignments.id"), nullable=False),
    Column("user_id", ID, ForeignKey("users.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("filename", String(255), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", SHA256, ForeignKey("blobs.sha256"), nullable=False),
    Column("idempotency_key", String(255)),
    Column("created_at", UtcTime, nullable=False),
    # The grading that counts; no foreign key, for the two tables would refer to each other.
    Column("current_grading_id", ID),
    UniqueConstraint("user_id", "idempotency_key"),
    UniqueConstraint("course_assignment_id", "user_id", "number"),
    Index(None, "course_assignment_id", "created_at", "id"),
)

gradings = Table(
    "gradings",
    metadata,
    Column("id", ID, primary_key=True),
    Column("submission_id", ID, ForeignKey("submissions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("started_at", UtcTime),
    Column("finished_at", UtcTime),
    # the queue
    Column("lane", String(16), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("fair_tag", Integer, nullable=False),
    Column("available_at", UtcTime, nullable=False),
    Column("lease_token", String(32)),
    Column("lease_until", UtcTime),
    Column("worker", String(200)),
    Column("attempts", Integer, nullable=False),
    # the result
    Column("version", String(128)),
    Column("seed", String(128)),
    Column("score_given", Float),
    Column("score_maximum", Float),
    Column("report", JsonText),
    Column("error", Text),
    UniqueConstraint("submission_id", "number"),
    CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
    CheckConstraint("lane IN ('live', 'regrade')", name="lane"),
    CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name="lease"),
    CheckConstraint("state <> 'done' OR (report IS NOT NULL AND score_given IS NOT NULL)", name="report"),
)
_queued = text("state = 'queued'")
_running = text("state = 'running'")
Index(
    "ix_gradings_queue",
    gradings.c.lane,
    gradings.c.priority.desc(),
    gradings.c.created_at,
    sqlite_where=_queued,
    postgresql_where=_queued,
)
Index("ix_gradings_leases", gradings.c.lease_until, sqlite_where=_running, postgresql_where=_running)

# What dashboards need of a report, so that no page parses a thousand reports.
grading_parts = Table(
    "grading_parts",
    metadata,
    Column("grading_id", ID, ForeignKey("gradings.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("given", Float, nullable=False),
    Column("maximum", Float, nullable=False),
    Column("codes", JsonText, nullable=False),
)

# Virtual time: how far each lane has come, and the last tag each course was given in it.
lane_clock = Table(
    "lane_clock",
    metadata,
    Column("lane", String(16), primary_key=True),
    Column("tag", Integer, nullable=False),
)
course_clock = Table(
    "course_clock",
    metadata,
    Column("course_id", ID, ForeignKey("courses.id"), primary_key=True),
    Column("lane", String(16), primary_key=True),
    Column("last_tag", Integer, nullable=False),
)

# The host that works on an embedded database; one row at most.
embedded_host = Table(
    "embedded_host",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("host", String(200), nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    CheckConstraint("id = 1", name="single"),
)

# An audit trail outlives what it speaks of, hence no foreign keys.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("kind", String(64), nullable=False, index=True),
    Column("grading_id", ID, index=True),
    Column("user_id", ID),
    Column("worker", String(200)),
    Column("detail", JsonText, nullable=False),
    Column("course_id", ID),
    Column("submission_id", ID, index=True),
    Index(None, "course_id", "id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", ID, primary_key=True),
    Column("grading_id", ID, ForeignKey("gradings.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("target", String(2000), nullable=False),
    Column("payload", JsonText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("delivered_at", UtcTime),
    Column("error", Text),
    Column("occasion", String(80), nullable=False, server_default=""),
    UniqueConstraint("grading_id", "kind", "target", "occasion"),
)
_owed = text("delivered_at IS NULL")
Index("ix_deliveries_owed", deliveries.c.next_at, sqlite_where=_owed, postgresql_where=_owed)
