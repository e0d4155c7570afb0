"""What a kind of database must be able to do to be backed up; each kind has a file of its own."""

from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from submissions.backups.manifest import Contents
from submissions.backups.postgresql_copy import PostgresqlCopy
from submissions.backups.sqlite_copy import SqliteCopy
from submissions.engines import POSTGRESQL, SQLITE
from submissions.errors import DatabaseUnsuitable


class DatabaseCopy(Protocol):
    """Copies one installation's database into a file and back. Further kinds join in `copy_of`."""

    engine: str
    """The kind of database, as the manifest names it."""

    filename: str
    """What the copy is called inside a backup."""

    def dump(self, to: Path) -> Contents:
        """Write a copy of one moment to the new file `to` while others write on; what it holds."""
        ...

    def examine(self, copy: Path) -> Contents:
        """Look through the whole of a copy; what it holds. Raises BackupRefused for a damaged one."""
        ...

    def is_there(self) -> bool:
        """Whether this installation has a database with anything in it."""
        ...

    def scratch(self) -> Path:
        """A folder that exists, on the disk where `restore` wants the copy to lie."""
        ...

    def restore(self, copy: Path, aside: str) -> None:
        """Put `copy`, which has been examined, in the place of this database; the old one is kept under `aside`.

        Raises BackupRefused while somebody uses the database. Killed at any moment, either the old or the new is there.
        """
        ...


def copy_of(url: str, folder: Path | None = None) -> DatabaseCopy:
    """What copies the database at `url`; one that is no file is unpacked below `folder`.

    Raises DatabaseUnsuitable for a kind that cannot be backed up.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == SQLITE and parsed.database:
        return SqliteCopy(Path(parsed.database))
    if parsed.get_backend_name() == POSTGRESQL and parsed.database:
        return PostgresqlCopy(parsed, folder)
    raise DatabaseUnsuitable(f"A database of the kind {parsed.get_backend_name()} cannot be backed up by this version.")
