"""The tables of what stands around an account: invitations, resets, mail that is owed, identities, sign-ins."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, text

from submissions.schema.columns import UtcTime
from submissions.schema.tables import ID, SHA256, metadata

# No hash yet: the link is made at the moment its mail is sent, so that no secret ever waits here.
invitations = Table(
    "invitations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("token_sha256", SHA256, unique=True),
    Column("course_id", ID, ForeignKey("courses.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("email", String(254)),
    Column("created_by", ID, ForeignKey("users.id", ondelete="SET NULL")),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("accepted_at", UtcTime),
    Column("accepted_by", ID, ForeignKey("users.id", ondelete="SET NULL")),
)

password_resets = Table(
    "password_resets",
    metadata,
    Column("id", ID, primary_key=True),
    Column("token_sha256", SHA256, unique=True),
    Column("user_id", ID, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)

# `about` is the id of an invitation or a reset; one that is gone by then owes nothing any more, hence no foreign key.
mails = Table(
    "mails",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("about", ID, nullable=False, index=True),
    Column("recipient", String(254), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", UtcTime),
    Column("given_up_at", UtcTime),
    Column("error", Text),
    CheckConstraint("kind IN ('invitation', 'reset')", name="kind"),
)
_owed = text("sent_at IS NULL AND given_up_at IS NULL")
Index("ix_mails_owed", mails.c.next_at, sqlite_where=_owed, postgresql_where=_owed)

# Whoever an identity provider says somebody is.
identities = Table(
    "identities",
    metadata,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("user_id", ID, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
)

# Between leaving for the identity provider and coming back; the cookie of the browser holds the secret.
oidc_sign_ins = Table(
    "oidc_sign_ins",
    metadata,
    Column("secret_sha256", SHA256, primary_key=True),
    Column("state", String(64), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("target", String(2000), nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
)

# Passwords that were tried. The address typed is hashed: people type a password into the wrong field.
password_tries = Table(
    "password_tries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_sha256", SHA256, nullable=False),
    Column("address", String(64), nullable=False),
    Column("was_right", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Index(None, "account_sha256", "at"),
    Index(None, "address", "at"),
)

# What was answered to a request with an Idempotency-Key, so that the same request again changes nothing.
api_answers = Table(
    "api_answers",
    metadata,
    Column("user_id", ID, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("asked_sha256", SHA256, nullable=False),
    Column("status", Integer, nullable=False),
    Column("location", String(2000), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False, index=True),
)
