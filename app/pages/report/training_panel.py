"""One training run as it is shown: its curves, its confusion matrix, and what the matrix says in words."""

from dataclasses import dataclass

from app.pages.exports.names import training_group
from app.pages.numbers import spelled
from app.pages.pictures.confusion_cells import ConfusionCell, confusion_cells
from app.pages.pictures.curve import accuracy_curve, loss_curve
from app.pages.pictures.picture import Picture
from grader.report import Report, Score, TrainingResult, Verdict
from grader.translation import gettext as _
from grader.translation import ngettext


@dataclass(frozen=True, slots=True)
class TrainingPanel:
    """A training run with its check's verdict and points."""

    result: TrainingResult
    verdict: Verdict
    points: Score
    loss: Picture | None
    accuracy: Picture | None
    confusion: tuple[tuple[ConfusionCell, ...], ...]
    train_confusion: tuple[tuple[ConfusionCell, ...], ...]
    reading: tuple[str, ...]

    @property
    def group(self) -> str:
        """What the names of its files begin with."""
        return training_group(self.result.function)

    @property
    def reached(self) -> bool:
        """Whether the test accuracy passes; NaN does not."""
        return self.result.test_accuracy >= self.result.threshold


def training_panels(report: Report) -> tuple[TrainingPanel, ...]:
    """A panel for each training run of the report."""
    return tuple(_panel(report, training) for training in report.training)


def _panel(report: Report, training: TrainingResult) -> TrainingPanel:
    checks = [
        check
        for part in report.parts
        for check in part.checks
        if check.kind == "training" and check.function == training.function
    ]
    return TrainingPanel(
        result=training,
        verdict=checks[0].verdict if checks else Verdict.SKIPPED,
        points=checks[0].points if checks else Score(0, 0),
        loss=loss_curve(training) if training.curve else None,
        accuracy=accuracy_curve(training) if training.curve else None,
        confusion=confusion_cells(training.confusion),
        train_confusion=confusion_cells(training.train_confusion),
        reading=_reading(training.confusion),
    )


def _reading(confusion: tuple[tuple[int, ...], ...]) -> tuple[str, ...]:
    """The confusion matrix in one or two sentences; empty where there is none."""
    total = sum(map(sum, confusion))
    if not total:
        return ()
    right = sum(row[index] for index, row in enumerate(confusion))
    said = [
        ngettext(
            "{right} of {n} example of the test set is classified right.",
            "{right} of {n} examples of the test set are classified right.",
            total,
            right=right,
            n=total,
        )
    ]
    mixed = [
        (count, true, predicted)
        for true, row in enumerate(confusion)
        for predicted, count in enumerate(row)
        if true != predicted and count
    ]
    predicted_at_all = [column for column in range(len(confusion)) if any(row[column] for row in confusion)]
    if len(predicted_at_all) == 1:
        said.append(_("Every example is called class {predicted}.", predicted=predicted_at_all[0]))
    elif mixed:
        count, true, predicted = max(mixed, key=lambda mix: (mix[0], -mix[1], -mix[2]))
        said.append(_mixed_up(true, predicted, count))
    return tuple(said)


def _mixed_up(true: int, predicted: int, count: int) -> str:
    classes = {"true": true, "predicted": predicted}
    if count == 2:
        return _("The most frequent mix-up is class {true} read as class {predicted}, twice.", **classes)
    return ngettext(
        "The most frequent mix-up is class {true} read as class {predicted}, once.",
        "The most frequent mix-up is class {true} read as class {predicted}, {n} times.",
        count,
        n=spelled(count),
        **classes,
    )
