"""The list of commands: each is where it says, and one of them does not cost the import of all others."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from app.cli import COMMANDS, main


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
