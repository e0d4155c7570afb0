"""Accounts: invitations, resets, mail that is owed, identities, sessions that can be told apart, passwords tried.

Revision 0002; follows 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.String(32)
TIME = sa.String(27)
SHA256 = sa.String(64)
EMAIL = sa.String(254)

TABLES = ("invitations", "password_resets", "mails", "identities", "oidc_sign_ins", "password_tries")

COLUMNS = {"users": ("time_zone", "email_confirmed"), "login_sessions": ("browser", "last_seen_at")}


def upgrade() -> None:
    """Add the columns and the tables."""
    op.add_column("users", sa.Column("time_zone", sa.String(64)))
    op.add_column("users", sa.Column("email_confirmed", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("login_sessions", sa.Column("browser", sa.String(200)))
    op.add_column("login_sessions", sa.Column("last_seen_at", TIME))
    op.create_table(
        "invitations",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_sha256", SHA256),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("email", EMAIL),
        sa.Column("created_by", ID),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("accepted_at", TIME),
        sa.Column("accepted_by", ID),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_invitations_course_id"),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name="fk_invitations_created_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["accepted_by"], ["users.id"], name="fk_invitations_accepted_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_sha256", name="uq_invitations_token_sha256"),
    )
    op.create_index("ix_invitations_course_id", "invitations", ["course_id"])
    op.create_table(
        "password_resets",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_sha256", SHA256),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_password_resets_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_password_resets"),
        sa.UniqueConstraint("token_sha256", name="uq_password_resets_token_sha256"),
    )
    op.create_index("ix_password_resets_user_id", "password_resets", ["user_id"])
    op.create_table(
        "mails",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about", ID, nullable=False),
        sa.Column("recipient", EMAIL, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", TIME),
        sa.Column("given_up_at", TIME),
        sa.Column("error", sa.Text()),
        sa.CheckConstraint("kind IN ('invitation', 'reset')", name=op.f("ck_mails_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
    )
    op.create_index("ix_mails_about", "mails", ["about"])
    owed = sa.text("sent_at IS NULL AND given_up_at IS NULL")
    op.create_index("ix_mails_owed", "mails", ["next_at"], sqlite_where=owed, postgresql_where=owed)
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_identities_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identities"),
    )
    op.create_index("ix_identities_user_id", "identities", ["user_id"])
    op.create_table(
        "oidc_sign_ins",
        sa.Column("secret_sha256", SHA256, nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("target", sa.String(2000), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("secret_sha256", name="pk_oidc_sign_ins"),
    )
    op.create_index("ix_oidc_sign_ins_expires_at", "oidc_sign_ins", ["expires_at"])
    op.create_table(
        "password_tries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_sha256", SHA256, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("was_right", sa.Boolean(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_password_tries"),
    )
    op.create_index("ix_password_tries_at", "password_tries", ["at"])
    op.create_index("ix_password_tries_account_sha256_at", "password_tries", ["account_sha256", "at"])
    op.create_index("ix_password_tries_address_at", "password_tries", ["address", "at"])


def downgrade() -> None:
    """Drop the tables and the columns with what they hold."""
    for name in reversed(TABLES):
        op.drop_table(name)
    for table, columns in COLUMNS.items():
        for column in reversed(columns):
            op.drop_column(table, column)
