"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket in it, ended by its own handle."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

PACKAGES = Path("/usr/lib/postgresql")
USER = "chainrule"
PATIENCE_SECONDS = 60.0

MISSING = "PostgreSQL is not on this machine: apt-get install postgresql, and this test runs on it too"

FAST: Mapping[str, object] = {"fsync": "off", "full_page_writes": "off", "max_connections": 200}
"""Nothing here outlives the machine, so nothing need reach the disk. A commit still survives the end of the server."""

DURABLE: Mapping[str, object] = {"max_connections": 200}
"""As a server is that keeps what it has: every commit reaches the disk."""


def programs() -> Path | None:
    """The folder with the newest server on this machine; Debian keeps it off the path."""
    found = sorted(PACKAGES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    return Path(beside).parent if beside and shutil.which("postgres") else None


class PostgresqlServer:
    """A server that works while it is open. `url` names one of its databases."""

    def __init__(self, folder: Path, bin_folder: Path, settings: Mapping[str, object] = FAST) -> None:
        self.folder = folder
        self._bin = bin_folder
        self._settings = settings
        # The server refuses to run as root; nobody is an account that every system has.
        self._account: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._account = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(folder, "nobody", "nogroup")
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def made(cls, bin_folder: Path, settings: Mapping[str, object] = FAST) -> "PostgresqlServer":
        """A new server with empty databases, started."""
        # Not pytest's folder: the path of a socket has about a hundred characters.
        server = cls(Path(tempfile.mkdtemp(prefix="chainrule-pg-")), bin_folder, settings)
        options = ["-U", USER, "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8"]
        subprocess.run(
            [bin_folder / "initdb", "-D", server.folder / "data", *options],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=server.folder,
            **server._account,
        )
        server.start()
        return server

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {**self._settings, "listen_addresses": "", "unix_socket_directories": self.folder}
        options = [f"--{name}={value}" for name, value in settings.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self.folder / "data", *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                preexec_fn=_die_with_parent,
                **self._account,
            )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                psycopg.connect(self._dsn("postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.02)

    def kill(self) -> None:
        """Immediate shutdown: no connection is finished, nothing is tidied up."""
        self._end(signal.SIGQUIT)

    def crash(self) -> None:
        """SIGKILL to the server and to each of its processes at once, as the kernel does to a container."""
        assert self._process is not None
        pids = [self._process.pid, *_children(self._process.pid)]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(PATIENCE_SECONDS)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
            time.sleep(0.01)

    def close(self) -> None:
        """Stop it and remove all that it kept."""
        self._end(signal.SIGINT)
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """A new database without tables; its address."""
        self.run("postgres", f"CREATE DATABASE {database}")
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, and whoever is connected to it."""
        self.run("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def empty(self, database: str) -> None:
        """Every row out of every table; the schema stays. Much quicker than another database."""
        with psycopg.connect(self._dsn(database), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(
                "DO $$ DECLARE it record; BEGIN SET LOCAL session_replication_role = replica;"  # no foreign keys
                " FOR it IN SELECT tablename FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
                " LOOP EXECUTE format('DELETE FROM %I', it.tablename); END LOOP;"
                " FOR it IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
                " LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', it.sequencename); END LOOP; END $$"
            )

    def run(self, database: str, statement: str) -> list[tuple[Any, ...]]:
        """One statement outside any transaction, and its rows."""
        with psycopg.connect(self._dsn(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _dsn(self, database: str) -> str:
        return f"host={self.folder} user={USER} dbname={database} connect_timeout=10"

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(how)
        self._process.wait(PATIENCE_SECONDS)


def _children(pid: int) -> list[int]:
    """The server's own processes: all are children of the first."""
    tasks = Path(f"/proc/{pid}/task").glob("*")
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def _die_with_parent() -> None:
    """A run of the tests that is killed leaves no server behind."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGINT, 0, 0, 0)
