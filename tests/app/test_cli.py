"""The list of commands: each is where it says, and one of them does not cost the import of all others."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.cli import COMMANDS, EXIT_REFUSED, main


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_where_the_list_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)

    assert command is not None
    assert command.name == name
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_the_help_names_all_and_a_misspelt_one_is_told() -> None:
    told = CliRunner().invoke(main, ["--help"])
    misspelt = CliRunner().invoke(main, ["grad"])

    assert all(f"\n  {name} " in told.output for name in COMMANDS)
    assert misspelt.exit_code == 2
    assert "No such command 'grad'" in misspelt.output


def test_explaining_a_code_imports_neither_server_nor_database() -> None:
    script = "import sys, app.cli; app.cli.main(['explain', 'UNKNOWN'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True, timeout=60)
    imported = done.stdout.splitlines()[-1].split()

    assert "app.commands.explaining" in imported
    assert not {"fastapi", "sqlalchemy", "app.commands.serving"} & set(imported)


def test_who_has_read_enough_is_told_nothing() -> None:
    """`chainrule explain | head`: the reader is gone before all is printed."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-P", "-m", "app.cli", "explain"]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    finally:
        os.close(writing)

    assert done.stderr == ""
    assert done.returncode == 1


def test_what_lies_outside_is_said_to_be_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder that is a file, and a database that nobody serves: a line each, and no fault of ours."""
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("CHAINRULE_DATA_DIR", str(tmp_path / "taken"))
    monkeypatch.delenv("CHAINRULE_DATABASE_URL", raising=False)
    taken = CliRunner().invoke(main, ["migrate"])
    monkeypatch.setenv("CHAINRULE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CHAINRULE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    unserved = CliRunner().invoke(main, ["migrate"])

    assert taken.exit_code == unserved.exit_code == EXIT_REFUSED
    assert f"chainrule: {tmp_path / 'taken'} cannot be used: " in taken.output
    assert "chainrule: the database cannot be used: " in unserved.output
    assert "fault" not in taken.output + unserved.output
