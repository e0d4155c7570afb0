"""The tests' own PostgreSQL: it starts, forgets, survives an immediate restart and leaves nothing behind."""

from pathlib import Path

import pytest

from tests.fakes.postgresql_server import MISSING, PostgresqlServer, programs


def test_a_server_keeps_what_is_committed_forgets_when_asked_and_leaves_nothing() -> None:
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip(MISSING)
    server = PostgresqlServer.made(bin_folder)
    try:
        server.create("one")
        server.run("one", "CREATE TABLE kept (id serial PRIMARY KEY, other integer REFERENCES kept)")
        server.run("one", "INSERT INTO kept (other) VALUES (1), (1)")
        server.kill()
        server.start()
        assert server.run("one", "SELECT id, other FROM kept ORDER BY id") == [(1, 1), (2, 1)]
        server.empty("one")
        assert server.run("one", "SELECT * FROM kept") == []
        assert server.run("one", "INSERT INTO kept DEFAULT VALUES RETURNING id") == [(1,)]
        server.drop("one")
        assert server.run("postgres", "SELECT 1 FROM pg_database WHERE datname = 'one'") == []
    finally:
        server.close()
    assert not server.folder.exists()


def test_a_machine_without_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fakes.postgresql_server.PACKAGES", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs() is None
    assert "apt-get install postgresql" in MISSING
