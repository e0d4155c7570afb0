"""Learning management systems, connected by LTI 1.3.

Revision 0004; follows 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.String(32)
TIME = sa.String(27)
NAME = sa.String(255)
ADDRESS = sa.String(2000)
SHA256 = sa.String(64)

TABLES = (
    "lti_keys",
    "lti_platforms",
    "lti_invitations",
    "lti_tickets",
    "lti_logins",
    "lti_sessions",
    "lti_people",
    "lti_contexts",
    "lti_links",
    "lti_scores",
)
"""In the order they are made: what is referred to comes first."""


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "lti_keys",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("private_pem", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("retired_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_lti_keys"),
    )
    op.create_table(
        "lti_platforms",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("issuer", ADDRESS, nullable=False),
        sa.Column("client_id", NAME, nullable=False),
        sa.Column("authorization_url", ADDRESS, nullable=False),
        sa.Column("token_url", ADDRESS, nullable=False),
        sa.Column("jwks_url", ADDRESS, nullable=False),
        sa.Column("deployment_ids", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lti_platforms"),
        sa.UniqueConstraint("issuer", "client_id", name="uq_lti_platforms_issuer_client_id"),
    )
    op.create_table(
        "lti_invitations",
        sa.Column("token_sha256", SHA256, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_lti_invitations"),
    )
    op.create_table(
        "lti_tickets",
        sa.Column("token_sha256", SHA256, nullable=False),
        sa.Column("kind", ID, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_lti_tickets"),
    )
    op.create_index("ix_lti_tickets_expires_at", "lti_tickets", ["expires_at"])
    op.create_table(
        "lti_logins",
        sa.Column("state_sha256", SHA256, nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["lti_platforms.id"], name="fk_lti_logins_platform_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("state_sha256", name="pk_lti_logins"),
    )
    op.create_index("ix_lti_logins_expires_at", "lti_logins", ["expires_at"])
    op.create_table(
        "lti_sessions",
        sa.Column("token_sha256", SHA256, nullable=False),
        sa.Column("frame_origin", ADDRESS, nullable=False),
        sa.ForeignKeyConstraint(
            ["token_sha256"], ["login_sessions.token_sha256"], name="fk_lti_sessions_token_sha256", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_lti_sessions"),
    )
    op.create_table(
        "lti_people",
        sa.Column("platform_id", ID, nullable=False),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platforms.id"], name="fk_lti_people_platform_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_lti_people_user_id"),
        sa.PrimaryKeyConstraint("platform_id", "subject", name="pk_lti_people"),
    )
    op.create_index("ix_lti_people_user_id", "lti_people", ["user_id"])
    op.create_table(
        "lti_contexts",
        sa.Column("platform_id", ID, nullable=False),
        sa.Column("context_id", NAME, nullable=False),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("memberships_url", ADDRESS),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_lti_contexts_course_id"),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platforms.id"], name="fk_lti_contexts_platform_id"),
        sa.PrimaryKeyConstraint("platform_id", "context_id", name="pk_lti_contexts"),
    )
    op.create_index("ix_lti_contexts_course_id", "lti_contexts", ["course_id"])
    op.create_table(
        "lti_links",
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.Column("context_id", NAME, nullable=False),
        sa.Column("resource_link_id", NAME, nullable=False),
        sa.Column("course_assignment_id", ID, nullable=False),
        sa.Column("line_item_url", ADDRESS),
        sa.ForeignKeyConstraint(
            ["course_assignment_id"], ["course_assignments.id"], name="fk_lti_links_course_assignment_id"
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platforms.id"], name="fk_lti_links_platform_id"),
        sa.PrimaryKeyConstraint("id", name="pk_lti_links"),
        sa.UniqueConstraint(
            "platform_id", "context_id", "resource_link_id", name="uq_lti_links_platform_id_context_id_resource_link_id"
        ),
    )
    op.create_index("ix_lti_links_course_assignment_id", "lti_links", ["course_assignment_id"])
    op.create_table(
        "lti_scores",
        sa.Column("link_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("given", sa.Float(), nullable=False),
        sa.Column("maximum", sa.Float(), nullable=False),
        sa.Column("grading_id", ID),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sent_revision", sa.Integer(), nullable=False),
        sa.Column("sent_at", TIME),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["grading_id"], ["gradings.id"], name="fk_lti_scores_grading_id"),
        sa.ForeignKeyConstraint(["link_id"], ["lti_links.id"], name="fk_lti_scores_link_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_lti_scores_user_id"),
        sa.PrimaryKeyConstraint("link_id", "user_id", name="pk_lti_scores"),
    )
    op.create_index(
        "ix_lti_scores_owed",
        "lti_scores",
        ["next_at"],
        sqlite_where=sa.text("sent_revision < revision"),
        postgresql_where=sa.text("sent_revision < revision"),
    )
    op.create_index("ix_lti_scores_user_id", "lti_scores", ["user_id"])


def downgrade() -> None:
    """Take back every table, with its indexes."""
    for table in reversed(TABLES):
        op.drop_table(table)
