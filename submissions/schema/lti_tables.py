"""The tables of learning management systems connected by LTI 1.3."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from submissions.schema.columns import JsonText, UtcTime
from submissions.schema.tables import ID, SHA256, metadata

ADDRESS = String(2000)  # of a service of a platform
NAME = String(255)  # what LTI 1.3 allows the ids it gives to be, in characters

# Our own keys. A retired one is still published for a while: a platform may hold messages signed with it.
lti_keys = Table(
    "lti_keys",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("private_pem", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("retired_at", UtcTime),
)

lti_platforms = Table(
    "lti_platforms",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("issuer", ADDRESS, nullable=False),
    Column("client_id", NAME, nullable=False),
    Column("authorization_url", ADDRESS, nullable=False),
    Column("token_url", ADDRESS, nullable=False),
    Column("jwks_url", ADDRESS, nullable=False),
    Column("deployment_ids", JsonText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("token_audience", ADDRESS, nullable=False, server_default=""),
    UniqueConstraint("issuer", "client_id"),
)

# What an administrator's LMS uses once to register itself.
lti_invitations = Table(
    "lti_invitations",
    metadata,
    Column("token_sha256", SHA256, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)

# A launch that has begun and not yet come back; each counts once.
lti_logins = Table(
    "lti_logins",
    metadata,
    Column("state_sha256", SHA256, primary_key=True),
    Column("nonce", String(64), nullable=False),
    Column("platform_id", ID, ForeignKey("lti_platforms.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
)

# What a person was sent here to decide: connect a course, choose an assignment, go on in a new window.
lti_tickets = Table(
    "lti_tickets",
    metadata,
    Column("token_sha256", SHA256, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("payload", JsonText, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
)

# Sessions that live in a frame of a platform, by the origin that may hold it.
lti_sessions = Table(
    "lti_sessions",
    metadata,
    Column("token_sha256", SHA256, ForeignKey("login_sessions.token_sha256", ondelete="CASCADE"), primary_key=True),
    Column("frame_origin", ADDRESS, nullable=False),
)

lti_people = Table(
    "lti_people",
    metadata,
    Column("platform_id", ID, ForeignKey("lti_platforms.id"), primary_key=True),
    Column("subject", NAME, primary_key=True),
    Column("user_id", ID, ForeignKey("users.id"), nullable=False, index=True),
)

lti_contexts = Table(
    "lti_contexts",
    metadata,
    Column("platform_id", ID, ForeignKey("lti_platforms.id"), primary_key=True),
    Column("context_id", NAME, primary_key=True),
    Column("course_id", ID, ForeignKey("courses.id"), nullable=False, index=True),
    Column("memberships_url", ADDRESS),
)

# Who is in which course of a platform: scores of a course that stands for several go where the learner is.
lti_members = Table(
    "lti_members",
    metadata,
    Column("platform_id", ID, ForeignKey("lti_platforms.id"), primary_key=True),
    Column("context_id", NAME, primary_key=True),
    Column("user_id", ID, ForeignKey("users.id"), primary_key=True, index=True),
)

lti_links = Table(
    "lti_links",
    metadata,
    Column("id", ID, primary_key=True),
    Column("platform_id", ID, ForeignKey("lti_platforms.id"), nullable=False),
    Column("context_id", NAME, nullable=False),
    Column("resource_link_id", NAME, nullable=False),
    Column("course_assignment_id", ID, ForeignKey("course_assignments.id"), nullable=False, index=True),
    Column("line_item_url", ADDRESS),
    UniqueConstraint("platform_id", "context_id", "resource_link_id"),
)

# The score a platform is owed, and how far it has got: the newest wins, so an LMS that was away gets one, not ten.
lti_scores = Table(
    "lti_scores",
    metadata,
    Column("link_id", ID, ForeignKey("lti_links.id"), primary_key=True),
    Column("user_id", ID, ForeignKey("users.id"), primary_key=True, index=True),
    Column("given", Float, nullable=False),
    Column("maximum", Float, nullable=False),
    Column("grading_id", ID, ForeignKey("gradings.id")),
    Column("revision", Integer, nullable=False),
    Column("sent_revision", Integer, nullable=False),
    Column("sent_at", UtcTime),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("answer", Text, nullable=False),
)
_owed = text("sent_revision < revision")
Index("ix_lti_scores_owed", lti_scores.c.next_at, sqlite_where=_owed, postgresql_where=_owed)
