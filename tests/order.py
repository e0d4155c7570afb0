"""Workers begin with the files that take longest, as durations.txt says; `--note-durations` writes it anew.

A worker of pytest-xdist takes one file after the other. A long one that is taken last leaves the other workers with
nothing to do, and xdist can only guess by counting tests (`--no-loadscope-reorder` says no to that). The order is the
same in every run, and a file that is not noted yet comes after those that are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

NOTED = Path(__file__).with_name("durations.txt")
LEAST_SECONDS = 1.0
"""Files that take less fill the gaps, in whatever order."""


def noted(text: str) -> dict[str, float]:
    """Seconds by file."""
    pairs = (line.split(" ", 1) for line in text.splitlines())
    return {file: float(seconds) for seconds, file in pairs}


def written(seconds: Mapping[str, float]) -> str:
    """The lines for `noted`, the longest file first; files of the same length by name."""
    long = {file: round(each) for file, each in seconds.items() if each >= LEAST_SECONDS}
    return "".join(f"{long[file]} {file}\n" for file in sorted(long, key=lambda file: (-long[file], file)))


def lasted(reports: Iterable[Any]) -> dict[str, float]:
    """What the files of these reports took, in seconds, with the fixtures that were made and ended for them."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for report in reports:
        if isinstance(report, pytest.TestReport):
            seconds[report.nodeid.partition("::")[0]] += report.duration
    return dict(seconds)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--note-durations`."""
    parser.addoption("--note-durations", action="store_true", help="write tests/durations.txt: of a run of all tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long files first where several workers share the files, and leave everything else in its order."""
    if hasattr(config, "workerinput"):
        seconds = noted(NOTED.read_text("utf-8"))
        items.sort(key=lambda item: -seconds.get(item.nodeid.partition("::")[0], 0.0))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Note what the files took."""
    if config.getoption("--note-durations"):
        reports = (report for ended in terminalreporter.stats.values() for report in ended)
        NOTED.write_text(written(lasted(reports)), "utf-8")
