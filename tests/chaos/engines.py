"""The engines that the campaign is run on. One more is one more line."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.postgresql_server import DURABLE, MISSING, PostgresqlServer, programs


@dataclass(frozen=True, slots=True)
class Store:
    """Where a campaign's database is. server: what can be killed of it; None for a file."""

    url: str
    server: PostgresqlServer | None = None


class EngineMissing(Exception):
    """This machine does not have what the engine needs; the message says what."""


EngineUnderTest = Callable[[Path], AbstractContextManager[Store]]
"""Opens a store for a data folder; raises EngineMissing."""


@contextmanager
def sqlite(data_dir: Path) -> Iterator[Store]:
    """A file in the data folder."""
    yield Store(sqlite_url(data_dir))


def sqlite_url(data_dir: Path) -> str:
    """The file in a data folder."""
    return f"sqlite:///{(data_dir / 'chainrule.sqlite3').absolute()}"


@contextmanager
def postgresql(_: Path) -> Iterator[Store]:
    """A server of the campaign's own, as durable as a real one."""
    bin_folder = programs()
    if bin_folder is None:
        raise EngineMissing(MISSING)
    server = PostgresqlServer.made(bin_folder, DURABLE)
    try:
        yield Store(server.create("chaos"), server)
    finally:
        server.close()


ENGINES: Mapping[str, EngineUnderTest] = {"sqlite": sqlite, "postgresql": postgresql}
