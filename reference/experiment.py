"""What a student is to measure and put into a report: trainings side by side, for no points."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """One training of an experiment, the cell of its table at `row` and `column`.

    function: the student's training. hidden: hidden units. probabilities: the function of answers.py that makes
    probabilities of inputs and trained parameters.
    """

    row: str
    column: str
    function: str
    hidden: int
    probabilities: str


@dataclass(frozen=True, slots=True)
class Experiment:
    """A table of trainings on the same data; what it shows is measured, never graded.

    name: lower-case words joined by hyphens, part of file names. rows: what a row is, such as "hidden units".
    curve_epochs: shorter trainings of the best run, from the same seed, that draw its curve.
    wall_seconds: for all of it; whatever happens in it costs nothing else.
    """

    name: str
    title: str
    rows: str
    hyperparameters: Mapping[str, float | int]
    runs: tuple[Run, ...]
    curve_epochs: tuple[int, ...] = ()
    wall_seconds: float = 30.0
