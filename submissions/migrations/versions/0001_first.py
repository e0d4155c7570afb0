"""The first schema.

Revision 0001; follows nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(32)
TIME = sa.String(27)

# A graded report is evidence: not even a mistake of ours may change it. Each database has its own words for that.
FINAL = {
    "sqlite": (
        """
        CREATE TRIGGER gradings_done_is_final BEFORE UPDATE ON gradings WHEN OLD.state = 'done'
        BEGIN SELECT RAISE(ABORT, 'a grading that is done never changes'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION gradings_done_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'a grading that is done never changes' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """
        CREATE TRIGGER gradings_done_is_final BEFORE UPDATE ON gradings FOR EACH ROW WHEN (OLD.state = 'done')
        EXECUTE FUNCTION gradings_done_is_final()
        """,
    ),
}

TABLES = (
    "blobs",
    "courses",
    "embedded_host",
    "events",
    "lane_clock",
    "users",
    "api_tokens",
    "course_assignments",
    "course_clock",
    "enrollments",
    "login_sessions",
    "submissions",
    "gradings",
    "deliveries",
    "grading_parts",
)
"""In the order they are made: what is referred to comes first."""


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blobs"),
    )
    op.create_table(
        "courses",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_courses"),
        sa.UniqueConstraint("slug", name="uq_courses_slug"),
    )
    op.create_table(
        "embedded_host",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_embedded_host_single")),
        sa.PrimaryKeyConstraint("id", name="pk_embedded_host"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("grading_id", ID),
        sa.Column("user_id", ID),
        sa.Column("worker", sa.String(length=200)),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_grading_id", "events", ["grading_id"])
    op.create_index("ix_events_kind", "events", ["kind"])
    op.create_table(
        "lane_clock",
        sa.Column("lane", sa.String(length=16), nullable=False),
        sa.Column("tag", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("lane", name="pk_lane_clock"),
    )
    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=255)),
        sa.Column("is_operator", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME),
        sa.Column("last_used_at", TIME),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_api_tokens_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("token_sha256", name="uq_api_tokens_token_sha256"),
    )
    op.create_index("ix_api_tokens_user_id", "api_tokens", ["user_id"])
    op.create_table(
        "course_assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("opens_at", TIME),
        sa.Column("due_at", TIME),
        sa.Column("attempts", sa.Integer()),
        sa.CheckConstraint("attempts IS NULL OR attempts > 0", name=op.f("ck_course_assignments_attempts")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_course_assignments_course_id"),
        sa.PrimaryKeyConstraint("id", name="pk_course_assignments"),
        sa.UniqueConstraint("course_id", "slug", name="uq_course_assignments_course_id_slug"),
    )
    op.create_table(
        "course_clock",
        sa.Column("course_id", ID, nullable=False),
        sa.Column("lane", sa.String(length=16), nullable=False),
        sa.Column("last_tag", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_course_clock_course_id"),
        sa.PrimaryKeyConstraint("course_id", "lane", name="pk_course_clock"),
    )
    op.create_table(
        "enrollments",
        sa.Column("course_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_enrollments_course_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_enrollments_user_id"),
        sa.PrimaryKeyConstraint("course_id", "user_id", name="pk_enrollments"),
    )
    op.create_index("ix_enrollments_user_id", "enrollments", ["user_id"])
    op.create_table(
        "login_sessions",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("csrf_token", sa.String(length=128), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_login_sessions_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_login_sessions"),
    )
    op.create_index("ix_login_sessions_expires_at", "login_sessions", ["expires_at"])
    op.create_index("ix_login_sessions_user_id", "login_sessions", ["user_id"])
    op.create_table(
        "submissions",
        sa.Column("id", ID, nullable=False),
        sa.Column("course_assignment_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=255)),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["course_assignment_id"], ["course_assignments.id"], name="fk_submissions_course_assignment_id"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name="fk_submissions_sha256"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_submissions_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint(
            "course_assignment_id", "user_id", "number", name="uq_submissions_course_assignment_id_user_id_number"
        ),
        sa.UniqueConstraint("user_id", "idempotency_key", name="uq_submissions_user_id_idempotency_key"),
    )
    op.create_index(
        "ix_submissions_course_assignment_id_created_at_id", "submissions", ["course_assignment_id", "created_at", "id"]
    )
    op.create_table(
        "gradings",
        sa.Column("id", ID, nullable=False),
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("started_at", TIME),
        sa.Column("finished_at", TIME),
        sa.Column("lane", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("fair_tag", sa.Integer(), nullable=False),
        sa.Column("available_at", TIME, nullable=False),
        sa.Column("lease_token", ID),
        sa.Column("lease_until", TIME),
        sa.Column("worker", sa.String(length=200)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=128)),
        sa.Column("seed", sa.String(length=128)),
        sa.Column("score_given", sa.Float()),
        sa.Column("score_maximum", sa.Float()),
        sa.Column("report", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name=op.f("ck_gradings_lease")),
        sa.CheckConstraint("lane IN ('live', 'regrade')", name=op.f("ck_gradings_lane")),
        sa.CheckConstraint(
            "state <> 'done' OR (report IS NOT NULL AND score_given IS NOT NULL)", name=op.f("ck_gradings_report")
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_gradings_state")
        ),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_gradings_submission_id"),
        sa.PrimaryKeyConstraint("id", name="pk_gradings"),
        sa.UniqueConstraint("submission_id", "number", name="uq_gradings_submission_id_number"),
    )
    op.create_index(
        "ix_gradings_leases",
        "gradings",
        ["lease_until"],
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_index(
        "ix_gradings_queue",
        "gradings",
        ["lane", sa.literal_column("priority DESC"), "created_at"],
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", ID, nullable=False),
        sa.Column("grading_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=2000), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered_at", TIME),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(["grading_id"], ["gradings.id"], name="fk_deliveries_grading_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("grading_id", "kind", "target", name="uq_deliveries_grading_id_kind_target"),
    )
    op.create_index(
        "ix_deliveries_owed",
        "deliveries",
        ["next_at"],
        sqlite_where=sa.text("delivered_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_table(
        "grading_parts",
        sa.Column("grading_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("given", sa.Float(), nullable=False),
        sa.Column("maximum", sa.Float(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["grading_id"], ["gradings.id"], name="fk_grading_parts_grading_id"),
        sa.PrimaryKeyConstraint("grading_id", "position", name="pk_grading_parts"),
    )
    for statement in FINAL[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take back every table, with its indexes and triggers."""
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION gradings_done_is_final")
