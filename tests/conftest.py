"""What holds for every test: drawn examples are the same in every run, nobody is skipped in silence, nobody waits.

A worker of pytest-xdist takes one file after the other. A long one that is taken last leaves the other worker with
nothing to do, and xdist can only guess by counting tests (`--no-loadscope-reorder` says no to that): so the long ones
come first here, and the order is the same in every run.
"""

from typing import Any

import pytest
from hypothesis import settings

# Same examples everywhere, and no stopwatch: a slow machine is no failure.
settings.register_profile("chainrule", derandomize=True, deadline=None)
settings.load_profile("chainrule")

SAYS_NOTHING = ("", "unconditional skip")
"""Reasons that are none: pytest's words for a mark without one."""

LONG = (
    "tests/grader/test_mistakes.py",
    "tests/submissions/test_killed_workers.py",
    "tests/chaos/test_campaign.py",
    "tests/app/test_killed_server.py",
    "tests/test_dockerfile.py",
    "tests/browser/test_pages.py",
    "tests/grader/test_held_out.py",
    "tests/students/test_campaign.py",
    "tests/students/test_slips.py",
    "tests/students/test_bad_input.py",
    "tests/students/test_right_variants.py",
    "tests/app/commands/test_grading.py",
    "tests/app/commands/test_auditing.py",
    "tests/browser/test_accounts.py",
    "tests/app/test_rolling_restart.py",
    "tests/benchmarks/test_sandbox.py",
    "tests/app/lti/test_outbox.py",
    "tests/submissions/backups/test_postgresql_copy.py",
    "tests/submissions/test_any_order.py",
    "tests/submissions/test_crash_points.py",
    "tests/browser/test_instructor.py",
    "tests/chaos/test_cast.py",
    "tests/browser/test_help.py",
    "tests/browser/test_student.py",
    "tests/browser/test_lti.py",
    "tests/grader/test_vacuity.py",
    "tests/app/api/test_schemathesis.py",
    "tests/hostile/test_summary.py",
    "tests/app/commands/test_accounts.py",
    "tests/test_conftest.py",
)
"""Files that take about ten seconds or more on an idle machine, the longest first."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long files first where several workers share the files, and leave everything else in its order."""
    if hasattr(config, "workerinput"):
        places = {name: place for place, name in enumerate(LONG)}
        items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONG)))


def _reason(report: Any) -> str:
    """Why `report` was skipped or is expected to fail; empty if it does not say."""
    if hasattr(report, "wasxfail"):
        return str(report.wasxfail).removeprefix("reason: ").strip()
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(said).removeprefix("Skipped:").removeprefix("Skipped").strip()


def _silent(config: pytest.Config) -> list[str]:
    """Node ids of the tests that were skipped, or are expected to fail, without a reason."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None:  # a worker of pytest-xdist: the controller looks at all reports together
        return []
    reports = [*terminal.stats.get("skipped", ()), *terminal.stats.get("xfailed", ())]
    return [report.nodeid for report in reports if _reason(report) in SAYS_NOTHING]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if any test was skipped without a reason."""
    if _silent(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name the tests that were skipped without a reason."""
    for nodeid in _silent(config):
        terminalreporter.write_line(f"ERROR {nodeid} is skipped without a reason: give it one", red=True)
