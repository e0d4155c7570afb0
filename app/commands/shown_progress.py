"""How far a grading is, on stderr of a terminal while it runs; nothing where there is no terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from grader.report import ExperimentRun, PartResult
from reference.spec import Assignment


class GradingProgress:
    """Told of each part and each run of an experiment."""

    def __init__(self, bar: Progress | None, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def part(self, part: PartResult) -> None:
        """A part is in."""
        self._step(f"{part.name} {part.points.given:g} of {part.points.maximum:g}")

    def run(self, run: ExperimentRun) -> None:
        """A training of an experiment is in."""
        self._step(f"{run.column}, {run.row}")

    def _step(self, words: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, advance=1, description=Text(words).plain)


def in_colour(stream: IO[str]) -> bool:
    """Whether `stream` is a terminal whose owner has not asked for plain text (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def shown_progress(assignment: Assignment, sources: int) -> Iterator[GradingProgress]:
    """A bar of parts and runs that is gone when it is over."""
    if not in_colour(sys.stderr):
        yield GradingProgress(None, TaskID(0))
        return
    total = len(assignment.parts) + sources * sum(len(experiment.runs) for experiment in assignment.experiments)
    columns = (BarColumn(), TextColumn("{task.completed}/{task.total} {task.description}", markup=False))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        yield GradingProgress(bar, bar.add_task("", total=total))
