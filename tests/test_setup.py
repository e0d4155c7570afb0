"""The set-up commands say in one clear line what a machine lacks, and do nothing where all is there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(command: list[str], path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command of .ci with nothing but the programs of one folder in its PATH."""
    return subprocess.run(
        ["/bin/sh", str(ROOT / ".ci" / command[0]), *command[1:]],
        env={"PATH": str(path), **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with the few programs every system has, as the whole PATH: no apt-get, no sudo, no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in ("id", "dirname", "sort", "tr", "mktemp", "rm", "grep", "env"):
        found = shutil.which(program)
        assert found is not None
        (folder / program).symlink_to(found)
    return folder


def test_a_package_that_cannot_be_installed_is_named_in_one_line(bare: Path) -> None:
    ended = run(["apt", "the browser tests", "chromium"], bare)

    assert ended.returncode == 1
    assert ended.stderr == (
        "Missing for the browser tests: chromium. Run this as root, then try again: apt-get install chromium\n"
    )


def test_tests_on_postgresql_that_cannot_be_had_are_named_in_one_line(bare: Path) -> None:
    ended = run(["postgresql"], bare)

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "Missing for the tests on PostgreSQL: postgresql. Run this as root" in ended.stderr


def test_a_machine_without_python_is_told_what_to_install(bare: Path, tmp_path: Path) -> None:
    ended = run(["python", str(tmp_path / "venv")], bare)

    assert ended.returncode != 0
    assert ended.stderr.count("\n") == 1
    assert "needs Python 3.11 or newer" in ended.stderr
    assert "apt-get install python3 python3-venv" in ended.stderr


def test_a_python_that_is_too_old_is_refused_in_one_line(bare: Path, tmp_path: Path) -> None:
    old = bare / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.10.12 && exit 0\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    ended = run(["python", str(tmp_path / "venv")], bare, PYTHON="python3")

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "Chainrule needs Python 3.11 or newer. Found: Python 3.10.12" in ended.stderr
    assert not (tmp_path / "venv").exists()


def test_a_later_name_is_taken_when_the_first_is_too_old(bare: Path, tmp_path: Path) -> None:
    (bare / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (bare / "python3").chmod(0o755)
    (bare / "python3.12").symlink_to(sys.executable)
    made = run(["python", str(tmp_path / "venv")], bare)
    again = run(["python", str(tmp_path / "venv")], bare)

    assert made.returncode == 0, made.stderr
    assert (tmp_path / "venv" / "bin" / "pip").exists()
    assert (again.returncode, again.stdout) == (0, ""), "an environment that is there is left alone"


def test_every_command_is_explained() -> None:
    ended = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    explained = {line.split()[1] for line in ended.stdout.splitlines() if line.startswith("  make ")}

    assert {"install", "serve", "test", "lint", "types", "contracts", "pytest", "lock", "clean"} <= explained
