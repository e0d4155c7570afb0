"""Says at the end of a run how many attacks were made at each level, and how many did not end as they should.

A plugin of the whole run (see pyproject.toml): with workers only the process that collects their reports can count.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

NOT_OFFERED = "this machine does not offer the level "
"""How the reason of a skipped attack begins; the level's name and why follow."""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line a level, if any attack was meant to be run."""
    for line, bad in lines(terminalreporter.stats):
        terminalreporter.write_line(line, red=bad, green=not bad)


def lines(stats: Mapping[str, Sequence[Any]]) -> list[tuple[str, bool]]:
    """The lines, and whether each is bad news. stats: reports by outcome, as pytest's terminal keeps them.

    An attack whose outcome is not its own counts as a success of the attack, and so does one whose test broke.
    """
    levels: dict[str, list[bool]] = {}
    absent: dict[str, int] = {}
    for outcome, reports in stats.items():
        for report in reports:
            if not isinstance(report, pytest.TestReport):
                continue
            for key, level in report.user_properties:
                if key == "attack" and (report.when == "call" or outcome == "error"):
                    levels.setdefault(str(level), []).append(outcome != "passed")
            if outcome == "skipped" and NOT_OFFERED in _reason(report):
                why = _reason(report).partition(NOT_OFFERED)[2]
                absent[why] = absent.get(why, 0) + 1
    found = [
        (f"hostile: {len(ended)} attacks, level {level}, successes {sum(ended)}", any(ended))
        for level, ended in sorted(levels.items())
    ]
    missed = [(f"hostile: {count} tests not run, no level {why}", False) for why, count in sorted(absent.items())]
    if absent and not levels:
        missed.append(("hostile: no attack was run at any level", True))
    return found + missed


def _reason(report: pytest.TestReport) -> str:
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
