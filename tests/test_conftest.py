"""A run fails when a test is skipped without a reason, and only then."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
ALONE = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""Plugins that nothing here is about take longer to import than the run does."""


def run(folder: Path, body: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on a folder that holds our conftest.py and one test module."""
    (folder / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    body = f"import pytest\n\n\n{body}\n\n\ndef test_fine():\n    pass\n"
    (folder / "test_one.py").write_text(body, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={folder}", *options, "."]
    return subprocess.run(command, cwd=folder, env=ALONE, capture_output=True, text=True, timeout=60, check=False)


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
