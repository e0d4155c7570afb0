"""The table of webhooks; what they are owed stands in `deliveries`, with the webhook's id as its target."""

from sqlalchemy import Column, ForeignKey, String, Table

from submissions.schema.columns import UtcTime
from submissions.schema.tables import ID, metadata

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", ID, primary_key=True),
    Column("course_id", ID, ForeignKey("courses.id"), nullable=False, index=True),
    Column("url", String(2000), nullable=False),
    Column("secret", String(200), nullable=False),
    Column("created_at", UtcTime, nullable=False),
)
