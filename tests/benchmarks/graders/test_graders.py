"""The tests that peers run give the points they should, and the peers that need no installation give them too."""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.graders import cases, students
from tests.benchmarks.graders.contestant import POINTS, Grader, NotGraded, run
from tests.benchmarks.graders.nbgrader import NbGrader
from tests.benchmarks.graders.otter import Otter
from tests.benchmarks.graders.scripts import ENVIRONMENT, Script

PATIENCE_SECONDS = 300.0


def points(source: str) -> float:
    """What the cases give, here and without fooling anybody."""
    names: dict[str, Any] = {}
    exec(compile(source, "student.py", "exec"), names)
    total = 0
    for name, worth in cases.CASES.items():
        try:
            getattr(cases, f"check_{name}")(names)
        except AssertionError:
            continue
        total += worth
    return total


def test_the_cases_are_worth_what_is_compared() -> None:
    assert sum(cases.CASES.values()) == POINTS


def test_a_right_file_gets_them_all_and_a_buggy_one_those_it_has_earned() -> None:
    assert points(students.right()) == POINTS
    assert points(students.buggy()) == students.HONEST_POINTS


@pytest.mark.parametrize(
    ("source", "given"),
    [(students.right(), POINTS), (students.buggy(), students.HONEST_POINTS), (students.fooling(), POINTS)],
    ids=["right", "buggy", "fooling"],
)
def test_a_plain_script_is_fooled_by_one_line(source: str, given: float) -> None:
    assert Script("run_plain.py", Path(sys.executable)).grade(source, PATIENCE_SECONDS) == given


def test_what_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(3600)'])"

    with pytest.raises(NotGraded, match="nothing after"):
        run((sys.executable, "-c", child), 0.5, tmp_path, ENVIRONMENT)


def test_what_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotGraded, match="no such thing"):
        run((sys.executable, "-c", "raise SystemExit('no such thing')"), PATIENCE_SECONDS, tmp_path, ENVIRONMENT)


@pytest.mark.parametrize(
    "make", [partial(Script, "run_plain.py"), Otter, NbGrader], ids=["script", "otter", "nbgrader"]
)
def test_what_is_not_installed_is_left_out_and_leaves_nothing(
    make: Callable[[Path], Grader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with pytest.raises(NotGraded, match="not installed"):
        make(tmp_path / "bin" / "python")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("make", "program"), [(Otter, "otter"), (NbGrader, "nbgrader")], ids=["otter", "nbgrader"])
def test_what_does_not_begin_leaves_nothing(
    make: Callable[[Path], Grader], program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / program).symlink_to("/bin/false")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with pytest.raises(NotGraded, match="exit code 1"):
        make(tmp_path / "python")

    assert [path.name for path in tmp_path.iterdir()] == [program]


def test_only_relu_hangs() -> None:
    changed = students.hanging()

    assert "while True" in changed
    assert "relu(z_h)" not in changed
