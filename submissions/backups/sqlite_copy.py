"""Copies an SQLite database by SQLite's own backup interface, which takes one snapshot and stops no writer."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from submissions.backups.manifest import Contents
from submissions.errors import BackupRefused
from submissions.migrating import known_revisions

WAIT_SECONDS = 30.0
"""How long a copy waits for a lock; readers of a WAL database hardly ever need one."""

IN_USE_SECONDS = 2.0
"""How long a restore waits for others to let go of the database: a command may be in the middle of its work."""

IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""What SQLite says where somebody else has the database open, without what it adds in the higher bits."""

SIDE_FILES = ("-wal", "-shm", "-journal")


class SqliteCopy:
    """See DatabaseCopy."""

    engine = "sqlite"
    filename = "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self._path = path

    def dump(self, to: Path) -> Contents:
        """See DatabaseCopy. Raises BackupRefused where there is no database.

        All pages in one step: with pauses between steps the copy would begin anew after every commit of others, and
        under a rush of uploads it would never end.
        """
        if not self.is_there():
            raise BackupRefused(f"There is no database at {self._path}.")
        to.touch(mode=0o600, exist_ok=False)
        with _refused(self._path), closing(_reading(self._path)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode=DELETE").close()  # one file, without side files
        return self.examine(to)

    def examine(self, copy: Path) -> Contents:
        """See DatabaseCopy: every page and index, every reference, a known migration."""
        with (
            _refused(copy),
            closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db,
        ):
            found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(1)")]
            if found != ["ok"]:
                raise BackupRefused(f"The database in the backup is damaged: {found[0]}")
            broken = db.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise BackupRefused(f"In the database of the backup a row of {broken[0]} refers to nothing.")
            revision = _revision(db)
            tables = [
                str(row[0])
                for row in db.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
            ]
            # The names come from the schema of the file itself, quoted as SQL quotes a name.
            rows = {name: _count(db, name) for name in sorted(tables)}
        return Contents(revision, rows)

    def is_there(self) -> bool:
        """See DatabaseCopy."""
        return self._path.exists() and self._path.stat().st_size > 0

    def scratch(self) -> Path:
        """See DatabaseCopy: beside the database, so that a rename puts the copy in place at once."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self._path.parent

    def restore(self, copy: Path, aside: str) -> None:
        """See DatabaseCopy."""
        copy.chmod(0o600)
        if self._path.exists():
            self._let_go()
            old = self._path.with_name(f"{self._path.name}.{aside}")
            for suffix in SIDE_FILES:  # of a database too damaged to be closed: they must not meet the new one
                with contextlib.suppress(FileNotFoundError):
                    self._path.with_name(self._path.name + suffix).rename(old.with_name(old.name + suffix))
            os.link(self._path, old)
        copy.replace(self._path)
        flush(self._path.parent)

    def _let_go(self) -> None:
        """Fold the side files into the database, which only works while nobody else has it open."""
        try:
            with closing(sqlite3.connect(self._path, timeout=IN_USE_SECONDS)) as database:
                database.execute("PRAGMA journal_mode=DELETE").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in IN_USE:
                raise BackupRefused(
                    f"Somebody uses {self._path}: stop `chainrule serve` and every `chainrule worker` first."
                ) from error
            raise BackupRefused(
                f"{self._path} cannot be closed ({error}): move it and the files beside it away, then restore again."
            ) from error
        except sqlite3.DatabaseError:  # damaged: that is why there are backups
            return


def _reading(path: Path) -> sqlite3.Connection:
    source = sqlite3.connect(path, timeout=WAIT_SECONDS)
    source.execute("PRAGMA query_only=ON").close()
    return source


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """SQLite's own faults as a refusal of this package."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise BackupRefused("There is no room for the copy of the database.") from error
        raise BackupRefused(f"{path.name} cannot be read as a database: {error}.") from error


def _revision(database: sqlite3.Connection) -> str:
    try:
        found = [str(row[0]) for row in database.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.OperationalError as error:
        raise BackupRefused("The database has no migration on record: it is not one of Chainrule's.") from error
    if len(found) != 1 or found[0] not in known_revisions():
        raise BackupRefused(
            f"The database is at the migration {', '.join(found) or 'none'}, which this version does not know. "
            "Use the version that made the backup, or a newer one."
        )
    return found[0]


def _count(database: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608  # quoted above


def flush(folder: Path) -> None:
    """Have the disk keep a rename."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
