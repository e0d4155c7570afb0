"""A service on loopback with an empty database, at the demonstration's moment, to make a demonstration in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.main import create_app
from app.passwords import Passwords
from app.settings import Settings
from submissions.clock import system_clock
from submissions.database import Database
from tests.browser.demonstration import FixedClock
from tests.fakes.listening import listening


@dataclass(frozen=True, slots=True)
class Served:
    """What listens at `address`. password: as it is stored, of whoever is made up."""

    app: FastAPI
    address: str
    clock: FixedClock
    password: str


@contextmanager
def served(data: Path, translations: Path | None = None) -> Iterator[Served]:
    """The service with its data in the folder `data`; nothing in it grades by itself."""
    settings = Settings(data_dir=data, embedded_worker=False, translations=translations)
    database = Database.open(settings.database, system_clock)
    database.migrate()
    database.close()
    clock = FixedClock()
    cheap = Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
    app = create_app(settings, clock, passwords=lambda: cheap)
    with listening(app) as address:
        yield Served(app, address, clock, cheap.hash("a long password"))
