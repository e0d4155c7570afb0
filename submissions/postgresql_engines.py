"""SQLAlchemy engines for PostgreSQL by psycopg, and the lock that gives its transactions what SQLite's have anyway."""

from typing import Any

from psycopg.abc import Buffer
from psycopg.conninfo import make_conninfo
from psycopg.types.string import StrDumper
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

DRIVER = "postgresql+psycopg"

WRITERS = 0x636861696E
"""The advisory lock of transactions that write, and of the schema's changes: any number, the same for everybody."""

LOCK_MILLISECONDS = 30_000
"""How long a transaction waits for another."""

IDLE_MILLISECONDS = 15_000
"""A transaction that says nothing for so long is ended: its process is stopped, or its host is gone, and others wait.

No transaction is open while anything else is waited for, so none is silent for long.
"""

# A host that vanishes says nothing. Without these its connections, and those to it, are believed for two hours.
_VANISHED = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
_CONNECT = {"connect_timeout": 10, "application_name": "chainrule", **_VANISHED}
_SERVER = {
    "lock_timeout": LOCK_MILLISECONDS,
    "idle_in_transaction_session_timeout": IDLE_MILLISECONDS,
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "default_transaction_isolation": "read\\ committed",  # whatever the server's default is
    "timezone": "UTC",
}

_OPTIONS = " ".join(f"-c {name}={value}" for name, value in _SERVER.items())

# A server grants 100 connections unless it is told otherwise. Writers take turns, so more of them would only wait.
_WRITING = {"pool_size": 4, "max_overflow": 6}
_READING = {"pool_size": 4, "max_overflow": 16}


class WithoutNul(StrDumper):
    """Text on its way to the server: U+0000, which it cannot store, becomes U+FFFD."""

    def dump(self, obj: str) -> Buffer | None:
        """See StrDumper."""
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def writing(url: URL) -> Engine:
    """Transactions that may write, once they have taken their turn."""
    return _engine(url, **_WRITING)


def reading(url: URL) -> Engine:
    """Transactions that see one snapshot, take no lock, and cannot write."""
    engine = _engine(url, isolation_level="REPEATABLE READ", **_READING)
    return engine.execution_options(postgresql_readonly=True)


def migrating(url: URL) -> Engine:
    """One connection for changing the schema: a second process that wants to waits until it is released."""
    engine = _engine(url, pool_size=1, max_overflow=0)

    @event.listens_for(engine, "connect")
    def _connected(driver: Any, _record: Any) -> None:
        driver.execute("SELECT pg_advisory_lock(%s)", (WRITERS + 1,))  # of the session: it ends with the connection
        driver.commit()

    return engine


def dsn(url: URL) -> str:
    """The same server in libpq's words, with the same care for hosts that vanish."""
    there = url.translate_connect_args(username="user", database="dbname")
    # An address may name several hosts, and then lists them.
    asked = {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    return make_conninfo(**{**_CONNECT, **asked, **there}, options=_OPTIONS)


def take_turn(connection: Connection, alone: bool) -> None:
    """Wait for this transaction's turn to write; it is over when the transaction is.

    With the weaker locks of single rows every transaction that reads first and writes later would need its own proof.
    """
    shared = "" if alone else "_shared"
    connection.execute(text(f"SELECT pg_advisory_xact_lock{shared}(:key)"), {"key": WRITERS})


def _engine(url: URL, **options: Any) -> Engine:
    connect = {**_CONNECT, "options": _OPTIONS}
    # A connection may have died with a server that was restarted: it is tried before it is used.
    given = {"connect_args": connect, "pool_pre_ping": True, "pool_timeout": 30.0, **options}
    # An error of it is logged, and must not hold sources.
    engine = create_engine(url.set(drivername=DRIVER), hide_parameters=True, **given)

    @event.listens_for(engine, "connect")
    def _connected(driver: Any, _record: Any) -> None:
        driver.adapters.register_dumper(str, WithoutNul)

    return engine
