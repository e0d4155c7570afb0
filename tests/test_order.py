"""The long files come first, in the same order in every run, and what they took can be noted anew."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.order import NOTED, lasted, noted, written

ROOT = Path(__file__).parents[1]


def _report(nodeid: str, when: str, seconds: float) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid=nodeid,
        location=("", 1, ""),
        keywords={},
        outcome="passed",
        longrepr=None,
        when=when,  # type: ignore[arg-type]  # one of three words
        duration=seconds,
    )


def test_every_file_that_is_noted_is_there() -> None:
    files = noted(NOTED.read_text("utf-8"))

    assert len(files) > 30
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_what_is_noted_stands_as_it_would_be_written() -> None:
    text = NOTED.read_text("utf-8")

    assert written(noted(text)) == text


def test_a_file_takes_what_its_tests_and_their_fixtures_take() -> None:
    reports = [
        _report("tests/test_a.py::test_one", "setup", 20.0),
        _report("tests/test_a.py::test_one", "call", 1.0),
        _report("tests/test_a.py::test_two[x::y]", "teardown", 2.4),
        _report("tests/test_b.py::test_three", "call", 30.0),
        _report("tests/test_quick.py::test_four", "call", 0.9),
        "a warning",
    ]

    assert written(lasted(reports)) == "30 tests/test_b.py\n23 tests/test_a.py\n"


def test_workers_begin_with_the_long_files(tmp_path: Path) -> None:
    first, second = list(noted(NOTED.read_text("utf-8")))[:2]
    many = "".join(f"def test_{number}():\n    pass\n\n\n" for number in range(9))
    for name, body in {"test_many.py": many, second: "def test_it(): ...\n", first: "def test_it(): ...\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(body, "utf-8")
    # Where they are, no folder may be called as the package that the plugin is in.
    options = ["-p", "tests.order", "-p", "xdist", "-n", "1", "--dist", "loadfile", "--no-loadscope-reorder", "-v"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "--import-mode=importlib", "-p", "no:cacheprovider", *options, "."],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    ran = re.findall(r"PASSED (\S+?)::", ended.stdout)

    assert ran == [first, second, *["test_many.py"] * 9], ended.stdout + ended.stderr
    assert "--no-loadscope-reorder" in (ROOT / "Makefile").read_text(encoding="utf-8")
