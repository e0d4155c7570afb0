"""An experiment as the page shows it: its table, and curve and confusion matrices of its best run."""

from dataclasses import dataclass

from app.pages.exports.names import experiment_group
from app.pages.exports.tables import experiment_table, on_page
from app.pages.pictures.confusion_cells import ConfusionCell, confusion_cells
from app.pages.pictures.learning_curve import learning_curve
from app.pages.pictures.picture import Picture, Table
from grader.report import ExperimentResult, Report


@dataclass(frozen=True, slots=True)
class ExperimentPanel:
    """group: what the names of its files begin with."""

    result: ExperimentResult
    group: str
    table: Table
    loss: Picture
    accuracy: Picture
    train_confusion: tuple[tuple[ConfusionCell, ...], ...]
    test_confusion: tuple[tuple[ConfusionCell, ...], ...]


def experiment_panels(report: Report) -> tuple[ExperimentPanel, ...]:
    """A panel for each experiment of the report."""
    return tuple(
        ExperimentPanel(
            result=result,
            group=experiment_group(result.name, result.dataset),
            table=on_page(experiment_table(result)),
            loss=learning_curve(result.curve, "loss"),
            accuracy=learning_curve(result.curve, "accuracy"),
            train_confusion=confusion_cells(result.train_confusion),
            test_confusion=confusion_cells(result.test_confusion),
        )
        for result in report.experiments
    )
