"""Run by Alembic: applies steps on the connection submissions.migrating hands over, each in its own transaction."""

from alembic import context
from sqlalchemy import Connection

from submissions.schema import (  # noqa: F401  # they join the metadata
    account_tables,
    examination_tables,
    lti_tables,
    marking_tables,
    webhook_tables,
)
from submissions.schema.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite alters a table by rebuilding it
        transactional_ddl=True,  # PostgreSQL can, and SQLite given a driver that issues no BEGIN and COMMIT of its own
        transaction_per_migration=True,  # a step that fails leaves the schema at the step before
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
