"""What holds for every test: drawn examples are the same in every run, and nobody is skipped in silence."""

from typing import Any

import pytest
from hypothesis import settings

# Same examples everywhere, and no stopwatch: a slow machine is no failure.
settings.register_profile("chainrule", derandomize=True, deadline=None)
settings.load_profile("chainrule")

SAYS_NOTHING = ("", "unconditional skip")
"""Reasons that are none: pytest's words for a mark without one."""


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
