"""What a transaction promises: all or nothing, one writer at a time, readers that never wait, waking after commit."""

import stat
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, StatementError

from submissions.clock import system_clock
from submissions.database import Database
from submissions.engines import migrating_engine, writing_engine
from submissions.errors import DatabaseUnsuitable, NetworkFileSystem
from tests.databases import POSTGRESQL, SQLITE


def test_an_exception_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        tx.courses.add("c", "C", "UTC")
        raise ZeroDivisionError
    with database.reading() as tx:
        assert tx.courses.by_slug("c") is None


@pytest.mark.parametrize("database_kind", [SQLITE])
def test_sqlite_is_asked_to_keep_its_promises(database: Database, url: str) -> None:
    engine = writing_engine(make_url(url))
    with engine.connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


@pytest.mark.parametrize("database_kind", [POSTGRESQL])
def test_postgresql_is_asked_to_let_go_of_who_says_nothing(database: Database, url: str) -> None:
    engine = writing_engine(make_url(url))
    with engine.connect() as connection:
        names = ("lock_timeout", "idle_in_transaction_session_timeout", "transaction_isolation", "timezone")
        values = {name: connection.execute(text(f"SHOW {name}")).scalar() for name in names}
    engine.dispose()
    assert values == {
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "15s",
        "transaction_isolation": "read committed",
        "timezone": "UTC",
    }


@pytest.mark.parametrize("database_kind", [POSTGRESQL])
def test_some_writers_go_beside_each_other_and_none_beside_one_that_is_alone(database: Database) -> None:
    beside, alone, order = threading.Event(), threading.Event(), []

    def write_alone() -> None:
        beside.wait(30)
        with database.transaction() as tx:
            order.append("alone")
            tx.courses.add("alone", "A", "UTC")
        alone.set()

    thread = threading.Thread(target=write_alone)
    thread.start()
    with database.transaction(alone=False) as tx:
        tx.courses.add("first", "F", "UTC")
        with database.transaction(alone=False) as other:
            other.courses.add("second", "S", "UTC")
        beside.set()
        assert not alone.wait(0.2)
        order.append("beside")
    thread.join(30)
    assert order == ["beside", "alone"]


def test_text_that_postgresql_cannot_store_is_no_fault(database: Database) -> None:
    title = "a" * 5000
    with database.transaction() as tx:
        tx.courses.add("c", title + "\0", "UTC")
    with database.reading() as tx:
        course = tx.courses.by_slug("c")
    assert course is not None
    assert course.title in (title + "\0", title + "\N{REPLACEMENT CHARACTER}")


def test_a_reader_neither_waits_for_a_writer_nor_sees_what_is_not_committed(database: Database) -> None:
    with database.transaction() as writing:
        writing.courses.add("c", "C", "UTC")
        with database.reading() as reading:
            assert reading.courses.by_slug("c") is None


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"), database.reading() as tx:
        tx.courses.add("c", "C", "UTC")


def test_read_then_write_loses_no_update(database: Database) -> None:
    """Forty transactions read a count and write one more; without BEGIN IMMEDIATE some of them fail or repeat."""
    failures: list[Exception] = []

    def add_some() -> None:
        try:
            for _ in range(10):
                with database.transaction() as tx:
                    number = len(tx.courses.all())
                    tx.courses.add(f"c{number}", "C", "UTC")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=add_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as tx:
        assert (failures, len(tx.courses.all())) == ([], 40)


def test_times_come_back_in_utc_whatever_zone_they_had(database: Database) -> None:
    toronto = timezone(timedelta(hours=-4))
    with database.transaction() as tx:
        course = tx.courses.add("c", "C", "UTC")
        asked = tx.courses.add_assignment(
            course.id, "a", "A", 1.0, datetime(2026, 9, 1, 8, tzinfo=toronto), datetime(999, 1, 2, tzinfo=UTC), None
        )
    with database.reading() as tx:
        stored = tx.courses.assignment(asked.id)
    assert stored is not None
    assert stored.opens_at == datetime(2026, 9, 1, 12, tzinfo=UTC)
    assert stored.opens_at.tzinfo is UTC
    assert stored.due_at == datetime(999, 1, 2, tzinfo=UTC)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"), database.transaction() as tx:
        tx.accounts.add_user("a@b", "A", None, datetime(2026, 9, 1))


@pytest.mark.parametrize("database_kind", [POSTGRESQL])
def test_the_driver_in_an_address_is_ours_whether_it_is_named_or_not(url: str) -> None:
    database = Database.open(url.replace("postgresql://", "postgresql+psycopg://"), system_clock)
    assert database.is_shared
    assert database.at_head()
    database.close()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "postgresql://u:secret@h", "mysql://u:secret@h/d", "nothing"]
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnsuitable) as refused:
        Database.open(url, system_clock)
    assert "secret" not in refused.value.sentence


def test_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("submissions.database.network_file_system", lambda path: "nfs4")
    with pytest.raises(NetworkFileSystem, match="nfs4"):
        Database.open(f"sqlite:///{tmp_path}/c.db", system_clock)
    assert not (tmp_path / "c.db").exists()


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/c.db", system_clock)
    database.migrate()
    with database.transaction() as tx:
        tx.courses.add("c", "C", "UTC")
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    database.close()
    assert modes == {0o600}


@pytest.mark.parametrize("database_kind", [SQLITE])
@pytest.mark.parametrize("engine_of", [writing_engine, migrating_engine])
def test_what_is_deleted_is_overwritten_also_where_sqlite_is_built_not_to(
    url: str, engine_of: Callable[[URL], Engine]
) -> None:
    engine = engine_of(make_url(url))

    def built_otherwise(driver: Any, _record: Any) -> None:
        driver.execute("PRAGMA secure_delete=OFF").close()

    event.listen(engine, "connect", built_otherwise, insert=True)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA secure_delete").scalar()
    engine.dispose()

    assert found == 1


@pytest.mark.parametrize("database_kind", [SQLITE])
@pytest.mark.parametrize("alone", [True, False])
def test_writers_of_a_process_take_turns(database: Database, alone: bool) -> None:
    with database.transaction(alone=alone):
        assert database._turnstile._taken
    assert not database._turnstile._taken
