"""`chainrule export-person` and `erase-person`."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from submissions.clock import system_clock
from submissions.database import Database

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command where Ada has an account."""
    monkeypatch.setenv("CHAINRULE_DATA_DIR", str(tmp_path))

    def invoke(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(main, list(arguments), input=stdin)

    assert invoke("migrate").exit_code == 0
    assert invoke("user", "create", "ada@example.org", "--name", "Ada Lovelace", "--generate").exit_code == 0
    return invoke


def test_a_person_gets_everything_in_one_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ada.zip"
    done, again = run("export-person", "Ada@Example.org", str(file)), run("export-person", "ada@example.org", str(file))
    with zipfile.ZipFile(file) as archive:
        rows = json.loads(archive.read("person.json"))

    assert done.exit_code == 0, done.output
    assert rows["users"][0]["name"] == "Ada Lovelace"
    assert "password_hash" not in rows["users"][0]
    assert file.stat().st_mode & 0o777 == 0o600
    assert again.exit_code != 0
    assert "exists already" in again.output


def test_an_erasure_is_asked_about_and_done(run: Run) -> None:
    kept = run("erase-person", "ada@example.org", stdin="n\n")
    listed = run("user", "list")
    done = run("erase-person", "ada@example.org", "--yes")

    assert kept.exit_code != 0
    assert "Ada Lovelace" in listed.output
    assert done.exit_code == 0
    assert "Ada" not in done.output
    assert "ada@example.org" not in run("user", "list").output


def test_an_erasure_leaves_nothing_on_the_disk_while_the_service_runs(run: Run, tmp_path: Path) -> None:
    service = Database.open(f"sqlite:///{tmp_path / 'chainrule.sqlite3'}", system_clock)
    with service.transaction() as tx:
        assert tx.accounts.by_email("ada@example.org")
    done = run("erase-person", "ada@example.org", "--yes")
    files = {file.name: file.read_bytes() for file in tmp_path.glob("chainrule.sqlite3*")}
    service.close()

    assert done.exit_code == 0, done.output
    assert "chainrule.sqlite3-wal" in files
    assert [name for name, data in files.items() if b"Lovelace" in data] == []


def test_an_erasure_beside_a_long_reader_says_what_is_left(run: Run, tmp_path: Path) -> None:
    service = Database.open(f"sqlite:///{tmp_path / 'chainrule.sqlite3'}", system_clock)
    with service.reading() as tx:
        assert tx.accounts.by_email("ada@example.org")
        done = run("erase-person", "ada@example.org", "--yes")
    service.close()

    assert done.exit_code == 0, done.output
    assert "Traces stay" in done.output


def test_nobody_is_one_line(run: Run) -> None:
    for arguments in (("erase-person", "bo@example.org", "--yes"), ("export-person", "bo@example.org", "x.zip")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert len(result.output.splitlines()) == 1
