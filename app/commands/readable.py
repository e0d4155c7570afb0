"""A report as a person reads it in a terminal: the score, the parts, one sentence per failure."""

from collections.abc import Iterator, Sequence

from app.commands.failures import failures, heading
from app.pages.exports.tables import confusion_matrix_table, experiment_table
from app.pages.pictures.picture import Table
from app.pages.printable import printable
from grader.messages import derivative_sentence, note_sentence, sentence, verdict_word
from grader.report import CheckResult, Report, Score

LONGEST_NAME = 40
NEW_LINE = "\N{SYMBOL FOR NEWLINE}"


def readable(report: Report) -> str:
    """The report as plain text without control characters: parts of it are a student's words, which begin no line."""
    return "\n".join(printable(line).replace("\n", NEW_LINE) for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.assignment}: {_points(report.score)} points"
    yield ""
    width = min(LONGEST_NAME, max((len(part.name) for part in report.parts), default=0))
    for part, checks in failures(report):
        yield f"  {part.name:<{width}}  {_points(part.points)}"
        yield from _findings(checks)
    if report.training:
        yield ""
    for training in report.training:
        yield (
            f"  trained on {training.dataset}: {training.test_accuracy:.1%} of the test set right"
            f" (needed {training.threshold:.1%}), {training.seconds:.1f} s"
        )
    for result in report.experiments:
        yield ""
        yield from _table(experiment_table(result))
        if result.test_confusion:
            yield ""
            best = f"{result.best[1]}, {result.rows} {result.best[0]}" if result.best else ""
            yield from _table(
                confusion_matrix_table(result.test_confusion, f"Confusion matrix of the test set: {best}")
            )
    notes = [note_sentence(note) for note in (*report.notes, *report.flags)]
    if notes:
        yield ""
        yield from (f"  note: {note}" for note in notes)
    if any(check.diagnosis for part in report.parts for check in part.checks):
        yield ""
        yield "  chainrule explain CODE says what a code in brackets means"
    yield ""
    yield f"seed {report.seed}, sandbox {report.sandbox}, {report.seconds:.2f} s"
    if report.sandbox == "unsafe":
        yield "The sandbox was off (unsafe): this machine was not protected from the file."


def _table(table: Table) -> Iterator[str]:
    """Columns set under one another; the name of a group stands before each of its columns."""
    groups = [f"{name} " for name, columns in table.groups for _ in range(columns)]
    if groups:  # too wide for one line: a block for each group
        yield f"  {table.caption}"
        start = 1
        for name, columns in table.groups:
            chosen = (0, *range(start, start + columns))
            rows = tuple(tuple(row[index] for index in chosen) for row in table.rows)
            yield from _table(Table(name, tuple(table.head[index] for index in chosen), rows))
            start += columns
        return
    widths = [max(map(len, column)) for column in zip(table.head, *table.rows, strict=True)]
    yield f"  {table.caption}"
    for row in (table.head, *table.rows):
        yield "    " + "  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True))


def _findings(checks: Sequence[CheckResult]) -> Iterator[str]:
    for check in checks:
        yield f"      {heading(check)}: {verdict_word(check.verdict)}{_code(check)}"
        yield f"        {sentence(check)}"
        if check.derivative:
            yield f"        {derivative_sentence(check.derivative)}"


def _code(check: CheckResult) -> str:
    return f" [{check.diagnosis.code}]" if check.diagnosis else ""


def _points(score: Score) -> str:
    return f"{score.given:g} of {score.maximum:g}"
