"""`chainrule backup` and `restore`, from one data folder to another."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.secret_key import secret_key
from tests.fakes.postgresql_server import PostgresqlServer

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a data folder."""

    def invoke(folder: Path, *arguments: str) -> Result:
        monkeypatch.setenv("CHAINRULE_DATA_DIR", str(folder))
        return CliRunner().invoke(main, list(arguments))

    return invoke


@pytest.fixture
def here(run: Run, tmp_path: Path) -> Path:
    """A data folder with one account and a key."""
    folder = tmp_path / "here"
    assert run(folder, "migrate").exit_code == 0
    assert run(folder, "user", "create", "ada@example.org", "--name", "Ada", "--generate").exit_code == 0
    secret_key(folder / "secret.key")
    return folder


def test_an_installation_moves_to_another_folder(run: Run, here: Path, tmp_path: Path) -> None:
    file, there = tmp_path / "monday.backup", tmp_path / "there"
    made, checked = run(here, "backup", str(file)), run(here, "backup", str(file), "--verify")
    done = run(there, "restore", str(file))

    for result in (made, checked, done):
        assert result.exit_code == 0, result.output
        assert "1 accounts, 0 submissions" in result.output
    assert (there / "secret.key").read_bytes() == (here / "secret.key").read_bytes()
    taken = run(there, "user", "create", "ada@example.org", "--name", "Ada", "--generate")
    assert "exists already" in taken.output


def test_an_installation_on_postgresql_moves_to_another_database(
    run: Run, postgresql: PostgresqlServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "monday.backup")
    try:
        monkeypatch.setenv("CHAINRULE_DATABASE_URL", postgresql.create("here"))
        for command in (["migrate"], ["user", "create", "ada@example.org", "--name", "Ada", "--generate"]):
            assert run(tmp_path, *command).exit_code == 0
        made, checked = run(tmp_path, "backup", file), run(tmp_path, "backup", file, "--verify")
        monkeypatch.setenv("CHAINRULE_DATABASE_URL", postgresql.create("there"))
        done, again = run(tmp_path, "restore", file), run(tmp_path, "restore", file)
        taken = run(tmp_path, "user", "create", "ada@example.org", "--name", "Ada", "--generate")
    finally:
        postgresql.drop("here")
        postgresql.drop("there")

    for result in (made, checked, done):
        assert result.exit_code == 0, result.output
        assert "1 accounts, 0 submissions" in result.output
    assert "--replace" in again.output
    assert "exists already" in taken.output


def test_a_check_unpacks_where_the_database_is_and_leaves_nothing(
    run: Run, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "monday.backup"
    run(here, "backup", str(file))
    before = sorted(here.iterdir())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no room here"))
    checked = run(here, "backup", str(file), "--verify")

    assert checked.exit_code == 0, checked.output
    assert sorted(here.iterdir()) == before


def test_a_restore_replaces_only_when_asked(run: Run, here: Path, tmp_path: Path) -> None:
    file = tmp_path / "monday.backup"
    run(here, "backup", str(file))
    refused, done = run(here, "restore", str(file)), run(here, "restore", str(file), "--replace")

    assert refused.exit_code == 2
    assert "--replace" in refused.output
    assert done.exit_code == 0
    assert len(list(here.glob("chainrule.sqlite3.before-restore-*"))) == 1


def test_a_bad_backup_is_one_line_and_changes_nothing(run: Run, here: Path, tmp_path: Path) -> None:
    file = tmp_path / "monday.backup"
    file.write_bytes(b"no backup")
    before = (here / "chainrule.sqlite3").read_bytes()
    for arguments in (("backup", str(file), "--verify"), ("restore", str(file), "--replace"), ("restore", "nowhere")):
        result = run(here, *arguments)
        assert result.exit_code == 2
        assert result.output.startswith("chainrule: ")
        assert len(result.output.splitlines()) == 1

    assert (here / "chainrule.sqlite3").read_bytes() == before


def test_a_key_that_is_kept_elsewhere_is_left_out(
    run: Run, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAINRULE_SECRET_KEY_FILE", str(here / "secret.key"))
    made = run(here, "backup", str(tmp_path / "monday.backup"))
    monkeypatch.delenv("CHAINRULE_SECRET_KEY_FILE")
    run(tmp_path / "there", "restore", str(tmp_path / "monday.backup"))

    assert "not in it" in made.output
    assert not (tmp_path / "there" / "secret.key").exists()
