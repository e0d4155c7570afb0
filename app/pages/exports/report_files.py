"""Every file that a report can be downloaded as, by name."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.pages.exports.confusion_picture import Set, confusion_picture
from app.pages.exports.csv_table import csv_table
from app.pages.exports.latex_table import latex_table
from app.pages.exports.names import experiment_group, training_group
from app.pages.exports.standalone import standalone
from app.pages.exports.tables import confusion_matrix_table, curve_table, experiment_table, trainings_table
from app.pages.pictures.learning_curve import learning_curve
from app.pages.pictures.picture import Table
from grader.report import Counts, EpochPoint, Report
from grader.translation import gettext as _
from grader.translation import gettext_noop

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "tex": "application/x-tex; charset=utf-8", "svg": "image/svg+xml"}
CONFUSION_CAPTIONS: Mapping[Set, str] = {
    "train": gettext_noop("Confusion matrix of {whose}, training set: rows true, columns predicted."),
    "test": gettext_noop("Confusion matrix of {whose}, test set: rows true, columns predicted."),
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file. group: what it belongs to, as experiment-hidden-units-digits; name: with its ending."""

    group: str
    name: str
    data: bytes

    @property
    def short(self) -> str:
        """What it is, without the group that it is listed under: "table.csv", "loss.svg"."""
        stem, _dot, ending = self.name.rpartition(".")
        return f"{stem.removeprefix(self.group).strip('-') or 'table'}.{ending}"

    @property
    def media_type(self) -> str:
        """What a browser is told it is."""
        return MEDIA_TYPES[self.name.rpartition(".")[2]]


def report_files(report: Report) -> tuple[ReportFile, ...]:
    """All files: of each experiment, of the trainings together and of each training. No name has a student's words."""
    return tuple(_files(report))


def zipped(files: Sequence[ReportFile]) -> bytes:
    """The files in one archive; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, (1980, 1, 1, 0, 0, 0)), file.data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _files(report: Report) -> Iterator[ReportFile]:
    for result in report.experiments:
        group = experiment_group(result.name, result.dataset)
        yield from _tabled(group, group, experiment_table(result))
        best = f"{result.best[1]}, {result.best[0]} {result.rows}" if result.best else ""
        yield from _pictured(
            group, result.curve, {"train": result.train_confusion, "test": result.test_confusion}, best
        )
    if report.training:
        yield from _tabled("trainings", "trainings", trainings_table(report.training))
    for training in report.training:
        yield from _pictured(
            training_group(training.function),
            training.curve,
            {"train": training.train_confusion, "test": training.confusion},
            _("{function} on {dataset}", function=training.function, dataset=training.dataset),
        )


def _pictured(
    group: str, curve: Sequence[EpochPoint], matrices: Mapping[Set, Counts], whose: str
) -> Iterator[ReportFile]:
    """A curve and its figures, and a table and a figure of each confusion matrix."""
    if curve:
        yield from _tabled(group, f"{group}-curve", curve_table(curve, _("Learning curve of {whose}.", whose=whose)))
        yield _file(group, f"{group}-loss.svg", standalone(learning_curve(curve, "loss")))
        yield _file(group, f"{group}-accuracy.svg", standalone(learning_curve(curve, "accuracy")))
    for part, counts in matrices.items():
        if counts:
            name = f"{group}-confusion-{part}"
            caption = _(CONFUSION_CAPTIONS[part], whose=whose)
            yield from _tabled(group, name, confusion_matrix_table(counts, caption))
            yield _file(group, f"{name}.svg", standalone(confusion_picture(counts, part)))


def _tabled(group: str, name: str, table: Table) -> Iterator[ReportFile]:
    yield _file(group, f"{name}.csv", csv_table(table))
    yield _file(group, f"{name}.tex", latex_table(table, name))


def _file(group: str, name: str, text: str) -> ReportFile:
    return ReportFile(group, name, text.encode())
