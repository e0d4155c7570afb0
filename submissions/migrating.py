"""Brings the schema to this version's, from an installed package as well as from a checkout."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Apply every step up to `revision`, each in a transaction of its own."""
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take back every step after `revision`; "base" takes back all of them, with all data."""
    command.downgrade(_config(connection), revision)


def at_head(connection: Connection) -> bool:
    """Whether the last step has been applied."""
    return set(MigrationContext.configure(connection).get_current_heads()) == _heads()


def known_revisions() -> frozenset[str]:
    """Every step this version knows, by its revision."""
    return frozenset(step.revision for step in ScriptDirectory(str(_FOLDER)).walk_revisions())


@cache  # /readyz asks again and again, and every step is a file that is read
def _heads() -> frozenset[str]:
    return frozenset(ScriptDirectory(str(_FOLDER)).get_heads())


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    # Config reads "%" as the start of an interpolation.
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
