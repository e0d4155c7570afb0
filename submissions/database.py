"""Opens the database and gives out its transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url, text

from submissions import migrating
from submissions.bell import Bell
from submissions.clock import Clock
from submissions.engines import BUSY_MILLISECONDS, migrating_engine, reading_engine, writing_engine
from submissions.errors import DatabaseUnsuitable, NetworkFileSystem
from submissions.host import network_file_system
from submissions.transaction import Transaction

__all__ = ["Database", "Transaction"]

FOLD_MILLISECONDS = 1_000
"""How long to wait for readers of an older state: a page reads for milliseconds, an export for longer."""


class Database:
    """The service's database: one SQLite file on a local disk.

    work: rings when a transaction that added work to the queue has committed. post: the same for mail that is owed.
    """

    def __init__(self, url: URL, clock: Clock) -> None:
        self.clock = clock
        self.work = Bell()
        self.post = Bell()
        self._url = url
        self._writing = writing_engine(url)
        self._reading = reading_engine(url)

    @classmethod
    def open(cls, url: str, clock: Clock) -> "Database":
        """The database at `url`, for example sqlite:////var/lib/chainrule/chainrule.db; made if it is not there.

        Raises DatabaseUnsuitable for another kind of database, NetworkFileSystem for a disk several hosts can share.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
            raise DatabaseUnsuitable(
                f"{parsed.render_as_string(hide_password=True)} cannot be used: this version stores in an SQLite file, "
                "for example sqlite:////var/lib/chainrule/chainrule.db."
            )
        path = Path(str(parsed.database))
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = network_file_system(path.parent)
        if kind is not None:
            raise NetworkFileSystem(str(path), kind)
        path.touch(
            mode=0o600, exist_ok=True
        )  # students' work and password hashes; SQLite's side files inherit the mode
        return cls(parsed, clock)

    def migrate(self) -> None:
        """Bring the schema to this version's. Raises DatabaseUnsuitable if references are broken afterwards."""
        engine = migrating_engine(self._url)
        try:
            with engine.connect() as connection:
                migrating.upgrade(connection)
                broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise DatabaseUnsuitable(
                    f"After the migration a row of {broken[0]} refers to nothing; restore a backup."
                )
        finally:
            engine.dispose()

    def at_head(self) -> bool:
        """Whether the schema is this version's."""
        with self._reading.connect() as connection:
            return migrating.at_head(connection)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that may write: alone, committed to disk at the end, rolled back on an exception."""
        with self._writing.begin() as connection:
            transaction = Transaction(connection)
            yield transaction
        if transaction.queue.wakes:
            self.work.ring()
        if transaction.mails.wakes:
            self.post.ring()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that only reads, one snapshot, and never waits for a writer."""
        with self._reading.connect() as connection:
            yield Transaction(connection)

    def fold(self) -> bool:
        """Write what SQLite's log holds into the file and empty the log, which keeps deleted rows until then.

        False where somebody still reads an older state. Nobody else can write meanwhile, at most FOLD_MILLISECONDS.
        Other databases have no such log to empty.
        """
        if self._writing.dialect.name != "sqlite":
            return True
        pooled = self._writing.raw_connection()
        try:
            cursor = pooled.cursor()
            cursor.execute(f"PRAGMA busy_timeout={FOLD_MILLISECONDS}")
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            return not busy
        finally:
            pooled.close()

    def close(self) -> None:
        """Give back every connection."""
        self._reading.dispose()
        self._writing.dispose()
