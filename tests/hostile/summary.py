"""Says at the end of a run how many attacks were made and how many of them did not end as they should."""

from typing import Any

import pytest


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line, if any attack was run; an attack with another outcome than its own counts as a success."""
    levels: dict[str, list[bool]] = {}
    for outcome in ("passed", "failed", "xfailed", "xpassed"):
        for report in terminalreporter.stats.get(outcome, ()):
            for key, level in report.user_properties:
                if isinstance(report, pytest.TestReport) and report.when == "call" and key == "attack":
                    levels.setdefault(str(level), []).append(outcome != "passed")
    for level, successes in sorted(levels.items()):
        line = f"hostile: {len(successes)} attacks, level {level}, successes {sum(successes)}"
        terminalreporter.write_line(line, red=any(successes), green=not any(successes))
