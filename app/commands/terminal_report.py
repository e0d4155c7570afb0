"""A report in colours for a terminal: bars, tables, sparklines, a matrix. `readable` says the same as plain text.

Whatever a student wrote arrives as Text, never as markup, and without control characters.
"""

import math
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from app.commands.failures import failures, heading
from app.pages.exports.tables import confusion_matrix_table, experiment_table, trainings_table
from app.pages.pictures.confusion_cells import confusion_cells
from app.pages.pictures.picture import Table
from app.pages.printable import printable
from grader.messages import derivative_sentence, note_sentence, sentence, verdict_word
from grader.report import CheckResult, Counts, EpochPoint, PartResult, Report, Score

BAR = 20
BLOCKS = "▁▂▃▄▅▆▇█"
SHADES = {"z": "dim", "o1": "yellow", "o2": "bold red", "d1": "green", "d2": "green", "d3": "green", "d4": "bold green"}
NEW_LINE = "\N{SYMBOL FOR NEWLINE}"


def terminal_report(report: Report) -> RenderableType:
    """Everything that the plain text says, and tables and curves."""
    return Group(*_pieces(report))


def sparkline(values: Sequence[float]) -> str:
    """One block a value from the least to the largest; what is no finite number is a cross."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    span = (high - low) or 1.0
    return "".join(
        BLOCKS[round((value - low) / span * (len(BLOCKS) - 1))] if math.isfinite(value) else "×" for value in values
    )


def _pieces(report: Report) -> Iterator[RenderableType]:
    yield _text((f"{report.assignment}: ", "bold"), (f"{_points(report.score)} points", _tone(report.score)))
    yield Text()
    yield _parts(report.parts)
    for _part, checks in failures(report):
        yield from _findings(checks)
    if report.training:
        yield Text()
        yield _table(trainings_table(report.training))
    for training in report.training:
        yield from _curve(training.function, training.curve)
    for result in report.experiments:
        yield Text()
        yield _table(experiment_table(result))
        if result.best:
            yield from _curve(f"best: {result.best[1]}, {result.rows} {result.best[0]}", result.curve)
            yield _matrix(result.test_confusion)
    notes = [note_sentence(note) for note in (*report.notes, *report.flags)]
    yield from (_text(("note: ", "cyan"), (note, "")) for note in notes)
    yield Text()
    if any(check.diagnosis for part in report.parts for check in part.checks):
        yield _text(("chainrule explain CODE says what a code in brackets means", "dim"))
    yield _text((f"seed {report.seed}, sandbox {report.sandbox}, {report.seconds:.2f} s", "dim"))
    if report.sandbox == "unsafe":
        yield _text(("The sandbox was off (unsafe): this machine was not protected from the file.", "bold yellow"))


def _parts(parts: Sequence[PartResult]) -> RichTable:
    table = RichTable(box=None, show_header=False, pad_edge=False)
    for part in parts:
        full = round(BAR * part.points.given / part.points.maximum) if part.points.maximum else 0
        bar = _text(("█" * full, _tone(part.points)), ("░" * (BAR - full), "dim"))
        table.add_row(_text((part.name, "bold")), bar, _text((_points(part.points), _tone(part.points))))
    return table


def _findings(checks: Sequence[CheckResult]) -> Iterator[Text]:
    for check in checks:
        code = f" [{check.diagnosis.code}]" if check.diagnosis else ""
        yield Text()
        yield _text((f"{heading(check)}: ", "bold"), (verdict_word(check.verdict), "red"), (code, "magenta"))
        yield _text((f"  {sentence(check)}", ""))
        if check.derivative:
            yield _text((f"  {derivative_sentence(check.derivative)}", ""))


def _curve(name: str, curve: Sequence[EpochPoint]) -> Iterator[Text]:
    if not curve:
        return
    loss, right = [point.test_loss for point in curve], [point.test_accuracy for point in curve]
    epochs = f"epochs {curve[0].epoch} to {curve[-1].epoch}"
    yield _text((f"{name}: ", "bold"), (f"test loss {sparkline(loss)} {loss[-1]:.3g}, ", ""))
    yield _text(("  ", ""), (f"test accuracy {sparkline(right)} {right[-1]:.1%} ({epochs})", ""))


def _matrix(counts: Counts) -> RichTable:
    plain = confusion_matrix_table(counts, "Confusion matrix of the test set: rows true, columns predicted")
    table = RichTable(title=plain.caption, box=None, title_justify="left")
    for name in plain.head:
        table.add_column(_text((name, "dim")), justify="right")
    for index, row in enumerate(confusion_cells(counts)):
        table.add_row(str(index), *(_text((str(cell.count), SHADES[cell.shade])) for cell in row))
    return table


def _table(table: Table) -> RichTable:
    shown = RichTable(title=_text((table.caption, "")), title_justify="left", header_style="bold")
    groups = [f"{name} " for name, columns in table.groups for _ in range(columns)] or [""] * (len(table.head) - 1)
    for name, group in zip(table.head, ["", *groups], strict=True):
        shown.add_column(_text((f"{group}{name}", "")), justify="right" if shown.columns else "left")
    for row in table.rows:
        shown.add_row(*(_text((cell, "")) for cell in row))
    return shown


def _text(*pieces: tuple[str, str]) -> Text:
    """Pieces with their styles; a student's line ends begin no line."""
    return Text.assemble(*((printable(words).replace("\n", NEW_LINE), style) for words, style in pieces))


def _tone(score: Score) -> str:
    return "green" if score.given >= score.maximum else "yellow" if score.given else "red"


def _points(score: Score) -> str:
    return f"{score.given:g} of {score.maximum:g}"
