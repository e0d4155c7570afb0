"""Databases for tests, of both kinds: at this version's schema and empty, or without any tables.

A test that asks for `database_url` runs on the kind that `database_kind` says: on SQLite, unless the conftest.py of its
folder or a mark of its module asks for both. Where there is no PostgreSQL its tests are skipped and say so.
"""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from submissions.clock import system_clock
from submissions.database import Database
from tests.fakes.postgresql_server import MISSING, PostgresqlServer, programs

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRESQL)

_SHARED = "chainrule"
_numbers = itertools.count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests with the mark `both_databases` that use a database run on both."""
    if metafunc.definition.get_closest_marker("both_databases") and "database_kind" in metafunc.fixturenames:
        metafunc.parametrize("database_kind", BOTH, indirect=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A server of this session's own, with one migrated database; the test is skipped where there is none."""
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip(MISSING)
    server = PostgresqlServer.made(bin_folder)
    try:
        _migrate(server.create(_SHARED))
        yield server
    finally:
        server.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file; migrating once and copying keeps a hundred tests quick."""
    path = tmp_path_factory.mktemp("template") / "chainrule.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database=postgresql` runs on it whatever does not ask for a kind."""
    parser.addoption("--database", choices=BOTH, default=SQLITE, help="kind of database for tests that do not say")


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """What the parametrisation says, and otherwise the option."""
    return str(getattr(request, "param", request.config.getoption("--database")))


@pytest.fixture
def database_url(empty_database: Callable[[], str]) -> str:
    """The address of an empty database at this version's schema."""
    return empty_database()


@pytest.fixture
def empty_database(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the address of an empty database at this version's schema; called again, the one before is gone."""

    def a_file() -> str:
        path = tmp_path / "chainrule.sqlite3"
        for beside in tmp_path.glob("chainrule.sqlite3-*"):
            beside.unlink()
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        return f"sqlite:///{path}"

    def emptied() -> str:
        server: PostgresqlServer = request.getfixturevalue("postgresql")
        server.empty(_SHARED)
        return server.url(_SHARED)

    return a_file if database_kind == SQLITE else emptied


@pytest.fixture
def bare_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any tables."""
    if database_kind == SQLITE:
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    name = f"bare_{next(_numbers)}"
    yield server.create(name)
    server.drop(name)


def _migrate(url: str) -> None:
    database = Database.open(url, system_clock)
    try:
        database.migrate()
    finally:
        database.close()
