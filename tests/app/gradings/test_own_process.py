"""Processes of our own: found wherever we are installed, one thread each, nothing of the working folder imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.gradings.own_process import die_with_parent, own_command, own_environment


def run(program: str, folder: Path) -> str:
    command = [*own_command("json")[:2], "-c", program]
    done = subprocess.run(command, env=own_environment(), cwd=folder, capture_output=True, check=True, timeout=120)
    return done.stdout.decode().strip()


def test_our_packages_are_found_from_any_folder_and_nothing_of_that_folder(tmp_path: Path) -> None:
    (tmp_path / "grader.py").write_text("raise SystemExit('imported from the working folder')")

    assert run("import grader.report; print('ours')", tmp_path) == "ours"


def test_a_process_of_ours_computes_in_one_thread(tmp_path: Path) -> None:
    program = "import app, os; print(os.environ['OPENBLAS_NUM_THREADS'])"

    assert run(program, tmp_path) == os.environ["OPENBLAS_NUM_THREADS"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has a signal for the death of a parent")
def test_a_process_whose_parent_is_another_one_ends_itself(tmp_path: Path) -> None:
    program = "from app.gradings.own_process import die_with_parent; die_with_parent(1 << 22); print('still here')"
    done = subprocess.run(
        [*own_command("json")[:2], "-c", program], env=own_environment(), cwd=tmp_path, capture_output=True, check=False
    )

    assert done.returncode == -9
    assert done.stdout == b""


def test_a_system_without_that_signal_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    die_with_parent(0)
