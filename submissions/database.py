"""Opens the database and gives out its transactions."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import ArgumentError

from submissions import migrating, postgresql_engines, procrastinate_schema
from submissions.bell import Bell
from submissions.clock import Clock
from submissions.endings import Endings
from submissions.engines import POSTGRESQL, SQLITE, migrating_engine, reading_engine, take_turn, writing_engine
from submissions.errors import DatabaseUnsuitable, NetworkFileSystem
from submissions.host import network_file_system
from submissions.nudges import Nudges
from submissions.sqlite_engines import BUSY_MILLISECONDS
from submissions.transaction import Transaction
from submissions.turnstile import Turnstile

__all__ = ["Database", "Transaction"]

TURN_SECONDS = 10.0
"""How long to queue within the process; whoever waits longer asks the database, which waits its own time."""

FOLD_MILLISECONDS = 1_000
"""How long to wait for readers of an older state: a page reads for milliseconds, an export for longer."""


class Database:
    """The service's database: one SQLite file on a local disk, or a PostgreSQL database that many hosts share.

    work: rings when a transaction that added work to the queue has committed. post: the same for mail that is owed.
    endings: tells of gradings that have ended. All three are of this process alone.
    """

    def __init__(self, url: URL, clock: Clock) -> None:
        self.clock = clock
        self.work = Bell()
        self.post = Bell()
        self.endings = Endings()
        self.url = url
        self.is_shared = url.get_backend_name() == POSTGRESQL
        self._nudges = Nudges() if self.is_shared else None
        self._turnstile = Turnstile(TURN_SECONDS)
        self._writing = writing_engine(url)
        self._reading = reading_engine(url)

    @classmethod
    def open(cls, url: str, clock: Clock) -> "Database":
        """The database at `url`: sqlite:////var/lib/chainrule.db, made if it is not there, or postgresql://host/name.

        Raises DatabaseUnsuitable for another kind, NetworkFileSystem for a file that several hosts can share.
        """
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise DatabaseUnsuitable("CHAINRULE_DATABASE_URL is no URL of a database.") from error
        if parsed.get_backend_name() == SQLITE and parsed.database not in (None, "", ":memory:"):
            _prepare(Path(str(parsed.database)))
        elif parsed.get_backend_name() != POSTGRESQL or not parsed.database:
            raise DatabaseUnsuitable(
                f"{parsed.render_as_string(hide_password=True)} cannot be used. An SQLite file can, for example "
                "sqlite:////var/lib/chainrule/chainrule.db, and PostgreSQL: postgresql://user@host/chainrule."
            )
        return cls(parsed, clock)

    @property
    def dsn(self) -> str:
        """Where a shared database is, in libpq's words: for whoever speaks to it beside SQLAlchemy."""
        return postgresql_engines.dsn(self.url)

    def migrate(self) -> None:
        """Bring the schema to this version's. Raises DatabaseUnsuitable if references are broken afterwards."""
        engine = migrating_engine(self.url)
        try:
            with engine.connect() as connection:
                migrating.upgrade(connection)
                if self.is_shared:
                    procrastinate_schema.upgrade(connection)
                    return  # where references are never switched off, none can be broken
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
            return migrating.at_head(connection) and (not self.is_shared or procrastinate_schema.at_head(connection))

    @contextmanager
    def transaction(self, *, alone: bool = True) -> Iterator[Transaction]:
        """A transaction that may write, committed to disk at the end, rolled back on an exception.

        alone: no other transaction writes meanwhile, so that what it has read still holds when it writes. Not alone is
        for the frequent few of workers that are right beside each other, because they write what nobody else does.
        """
        turn = nullcontext() if self.is_shared and not alone else self._turnstile.turn()
        with turn, self._writing.begin() as connection:
            take_turn(connection, alone)
            transaction = Transaction(connection, self._nudges)
            yield transaction
            transaction.queue.deliver()
        if transaction.queue.wakes:
            self.work.ring()
        if transaction.mails.wakes:
            self.post.ring()
        self.endings.announce((*transaction.gradings.ended, *transaction.queue.ended))

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that only reads, one snapshot, and never waits for a writer."""
        with self._reading.connect() as connection:
            yield Transaction(connection)

    def fold(self) -> bool:
        """Write what SQLite's log holds into the file and empty the log, which keeps deleted rows until then.

        False where somebody still reads an older state, or another process writes. Nobody else can write meanwhile, at
        most FOLD_MILLISECONDS.
        Other databases have no such log to empty.
        """
        if self.is_shared:
            return True
        with self._turnstile.turn(), closing(self._writing.raw_connection()) as pooled:
            cursor = pooled.cursor()
            cursor.execute(f"PRAGMA busy_timeout={FOLD_MILLISECONDS}")
            try:
                busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            return not busy

    def close(self) -> None:
        """Give back every connection."""
        self._reading.dispose()
        self._writing.dispose()


def _prepare(path: Path) -> None:
    """An SQLite file that only its owner can read. Raises NetworkFileSystem."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = network_file_system(path.parent)
    if kind is not None:
        raise NetworkFileSystem(str(path), kind)
    # Students' work and password hashes; SQLite's side files inherit the mode.
    path.touch(mode=0o600, exist_ok=True)
