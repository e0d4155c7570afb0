"""A run fails when a test is skipped without a reason, and only then; workers begin with the long files."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LONG

ROOT = Path(__file__).parents[1]
CONFTEST = Path(__file__).with_name("conftest.py")
ALONE = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""Plugins that nothing here is about take longer to import than the run does."""


def run_files(folder: Path, files: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on a folder that holds our conftest.py and some test modules."""
    (folder / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--rootdir={folder}", *options, "."]
    return subprocess.run(command, cwd=folder, env=ALONE, capture_output=True, text=True, timeout=60, check=False)


def run(folder: Path, body: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on a folder that holds our conftest.py and one test module."""
    body = f"import pytest\n\n\n{body}\n\n\ndef test_fine():\n    pass\n"
    return run_files(folder, {"test_one.py": body}, "-q", *options)


@pytest.mark.parametrize(
    "body",
    [
        "@pytest.mark.skip\ndef test_it():\n    pass",
        "def test_it():\n    pytest.skip()",
        "@pytest.mark.skip(reason='')\ndef test_it():\n    pass",
        "@pytest.mark.xfail\ndef test_it():\n    assert False",
        "@pytest.fixture\ndef thing():\n    pytest.skip()\n\n\ndef test_it(thing):\n    pass",
    ],
    ids=["mark", "call", "empty", "xfail", "fixture"],
)
def test_a_skip_without_a_reason_fails_the_run(tmp_path: Path, body: str) -> None:
    ended = run(tmp_path, body)

    assert ended.returncode == pytest.ExitCode.TESTS_FAILED, ended.stdout
    assert "test_one.py::test_it is skipped without a reason" in ended.stdout


def test_it_is_seen_across_workers(tmp_path: Path) -> None:
    ended = run(tmp_path, "@pytest.mark.skip\ndef test_it():\n    pass", "-p", "xdist", "-n", "1")

    assert ended.returncode == pytest.ExitCode.TESTS_FAILED, ended.stdout


def test_a_module_skipped_without_a_reason_fails_the_run(tmp_path: Path) -> None:
    ended = run(tmp_path, "pytest.skip('', allow_module_level=True)")

    assert ended.returncode != pytest.ExitCode.OK, ended.stdout
    assert "test_one.py is skipped without a reason" in ended.stdout


@pytest.mark.parametrize(
    "body",
    [
        "@pytest.mark.skip(reason='needs a moon')\ndef test_it():\n    pass",
        "def test_it():\n    pytest.skip('needs a moon')",
        "@pytest.mark.xfail(reason='needs a moon')\ndef test_it():\n    assert False",
    ],
    ids=["mark", "call", "xfail"],
)
def test_a_reason_is_enough(tmp_path: Path, body: str) -> None:
    ended = run(tmp_path, body)

    assert ended.returncode == pytest.ExitCode.OK, ended.stdout
    assert "is skipped without a reason" not in ended.stdout


def test_every_long_file_is_there() -> None:
    assert [name for name in LONG if not (ROOT / name).is_file()] == []
    assert len(set(LONG)) == len(LONG)


def test_workers_begin_with_the_long_files(tmp_path: Path) -> None:
    first, second = LONG[:2]
    many = "".join(f"def test_{number}():\n    pass\n\n\n" for number in range(9))
    files = {"test_many.py": many, second: "def test_it():\n    pass\n", first: "def test_it():\n    pass\n"}
    options = ("-p", "xdist", "-n", "1", "--dist", "loadfile", "--import-mode=importlib", "-v")
    ended = run_files(tmp_path, files, *options, "--no-loadscope-reorder")
    ran = re.findall(r"PASSED (\S+?)::", ended.stdout)

    assert ran == [first, second, *["test_many.py"] * 9], ended.stdout
    assert "--no-loadscope-reorder" in (ROOT / "Makefile").read_text(encoding="utf-8")
