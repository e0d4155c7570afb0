"""The tables of a report: experiments, trainings, curves, confusion matrices; every cell is text."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.pages.pictures.picture import Table
from grader.messages import verdict_word
from grader.report import Counts, EpochPoint, ExperimentResult, ExperimentRun, TrainingResult, Verdict
from grader.translation import gettext as _
from grader.translation import gettext_noop

NOTHING = "–"
MEASURES = (
    gettext_noop("train accuracy"),
    gettext_noop("test accuracy"),
    gettext_noop("µs a step"),
    gettext_noop("step / reference's"),
)
TRAINING = (
    gettext_noop("training"),
    gettext_noop("data"),
    gettext_noop("train loss"),
    gettext_noop("train accuracy"),
    gettext_noop("test loss"),
    gettext_noop("test accuracy"),
    gettext_noop("needed"),
    gettext_noop("seconds"),
)
"""The columns: in English in a file, which programs read; on a page as `on_page` has them."""


def experiment_table(result: ExperimentResult) -> Table:
    """A row for each row of the experiment; of each measure a column for each of its columns."""
    rows = list(dict.fromkeys(run.row for run in result.runs))
    columns = list(dict.fromkeys(run.column for run in result.runs))
    cells = {(run.row, run.column): _measures(run) for run in result.runs}
    empty = (NOTHING,) * len(MEASURES)
    return Table(
        caption=_(
            "{title} on {dataset}: {examples} examples to train on, {hyperparameters}.",
            title=result.title,
            dataset=result.dataset,
            examples=result.examples,
            hyperparameters=_listed(result.hyperparameters),
        ),
        head=(result.rows, *(column for _measure in MEASURES for column in columns)),
        rows=tuple(
            (row, *(cells.get((row, column), empty)[index] for index in range(len(MEASURES)) for column in columns))
            for row in rows
        ),
        groups=tuple((measure, len(columns)) for measure in MEASURES),
    )


def trainings_table(trainings: Sequence[TrainingResult]) -> Table:
    """The graded trainings side by side."""
    return Table(
        caption=_("Graded trainings."),
        head=TRAINING,
        rows=tuple(
            (
                training.function,
                training.dataset,
                number(training.curve[-1].train_loss) if training.curve else NOTHING,
                number(training.train_accuracy),
                number(training.curve[-1].test_loss) if training.curve else NOTHING,
                number(training.test_accuracy),
                number(training.threshold),
                number(training.seconds),
            )
            for training in trainings
        ),
    )


def on_page(table: Table) -> Table:
    """`table` with its columns named in the reader's language, as far as it is we who name them."""
    head = tuple(_(name) for name in TRAINING) if table.head == TRAINING else table.head
    return replace(table, head=head, groups=tuple((_(name), columns) for name, columns in table.groups))


def curve_table(curve: Sequence[EpochPoint], caption: str) -> Table:
    """Losses and accuracies at each epoch looked at."""
    return Table(
        caption,
        ("epoch", "train loss", "train accuracy", "test loss", "test accuracy"),
        tuple(
            (
                str(point.epoch),
                *map(number, (point.train_loss, point.train_accuracy, point.test_loss, point.test_accuracy)),
            )
            for point in curve
        ),
    )


def confusion_matrix_table(counts: Counts, caption: str) -> Table:
    """Counts: a row for each true class, a column for each predicted one."""
    head = ("true class", *(str(index) for index in range(len(counts))))
    return Table(caption, head, tuple((str(index), *map(str, row)) for index, row in enumerate(counts)))


def number(value: float) -> str:
    """Four significant decimals as programs read them; a dash where nothing was measured."""
    if math.isnan(value):
        return NOTHING
    return f"{value:.4f}" if abs(value) < 1000 else f"{value:.4g}"


def _measures(run: ExperimentRun) -> tuple[str, ...]:
    if run.verdict is not Verdict.PASSED:
        return (verdict_word(run.verdict), NOTHING, NOTHING, NOTHING)
    ratio = NOTHING if math.isnan(run.ratio) else f"{run.ratio:.2f}"
    return (number(run.train_accuracy), number(run.test_accuracy), f"{run.seconds_per_step * 1e6:.0f}", ratio)


def _listed(hyperparameters: Mapping[str, float | int]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in hyperparameters.items())
