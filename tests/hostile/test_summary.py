"""The last word of a run on the attacks: how many, at which level, and whether one succeeded."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.summary import NOT_OFFERED, lines

ROOT = Path(__file__).parents[2]


def _report(outcome: str, when: str, level: str | None, longrepr: object = None) -> pytest.TestReport:
    properties = [("attack", level)] if level else []
    return pytest.TestReport(
        nodeid="tests/hostile/test_x.py::test_attack",
        location=("tests/hostile/test_x.py", 1, "test_attack"),
        keywords={},
        outcome=outcome,  # type: ignore[arg-type]  # one of three words
        longrepr=longrepr,  # type: ignore[arg-type]  # as pytest fills it
        when=when,  # type: ignore[arg-type]  # one of three words
        user_properties=properties,
    )


def test_a_run_without_attacks_says_nothing() -> None:
    assert lines({"passed": [_report("passed", "call", None)]}) == []


def test_attacks_are_counted_by_level_and_every_other_outcome_is_a_success() -> None:
    stats = {
        "passed": [_report("passed", "call", "container"), _report("passed", "call", "full")],
        "failed": [_report("failed", "call", "full")],
        "error": [_report("failed", "teardown", "full")],
        "": [_report("passed", "setup", "full"), _report("passed", "teardown", "full")],
    }

    assert lines(stats) == [
        ("hostile: 1 attacks, level container, successes 0", False),
        ("hostile: 3 attacks, level full, successes 2", True),
    ]


def test_a_level_that_is_not_offered_is_named() -> None:
    reason = ("conftest.py", 1, f"Skipped: {NOT_OFFERED}full: no user namespaces")
    skipped = [_report("skipped", "setup", None, reason)] * 2

    assert lines({"skipped": skipped, "passed": [_report("passed", "call", "container")]}) == [
        ("hostile: 1 attacks, level container, successes 0", False),
        ("hostile: 2 tests not run, no level full: no user namespaces", False),
    ]
    assert lines({"skipped": skipped})[-1] == ("hostile: no attack was run at any level", True)


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["alone", "worker"])
def test_the_line_ends_a_real_run(workers: tuple[str, ...]) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        "null_pointer and container",
        *workers,
    ]
    done = subprocess.run(
        [*command, "tests/hostile/test_escape.py"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == pytest.ExitCode.OK, done.stdout
    assert "hostile: 1 attacks, level container, successes 0" in done.stdout
