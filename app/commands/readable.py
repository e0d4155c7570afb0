"""A report as a person reads it in a terminal: the score, the parts, one sentence per failure."""

from collections.abc import Iterator

from app.pages.printable import printable
from grader.messages import note_sentence, sentence, verdict_word
from grader.report import CheckResult, PartResult, Report, Score, Verdict

LONGEST_NAME = 40
NEW_LINE = "\N{SYMBOL FOR NEWLINE}"


def readable(report: Report) -> str:
    """The report as plain text without control characters: parts of it are a student's words, which begin no line."""
    return "\n".join(printable(line).replace("\n", NEW_LINE) for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.assignment}: {_points(report.score)} points"
    yield ""
    width = min(LONGEST_NAME, max((len(part.name) for part in report.parts), default=0))
    for part in report.parts:
        yield f"  {part.name:<{width}}  {_points(part.points)}"
        yield from _findings(part)
    if report.training:
        yield ""
    for training in report.training:
        yield (
            f"  trained on {training.dataset}: {training.test_accuracy:.1%} of the test set right"
            f" (needed {training.threshold:.1%}), {training.seconds:.1f} s"
        )
    notes = [note_sentence(note) for note in (*report.notes, *report.flags)]
    if notes:
        yield ""
        yield from (f"  note: {note}" for note in notes)
    yield ""
    yield f"seed {report.seed}, sandbox {report.sandbox}, {report.seconds:.2f} s"
    if report.sandbox == "unsafe":
        yield "The sandbox was off (unsafe): this machine was not protected from the file."


def _findings(part: PartResult) -> Iterator[str]:
    for check in part.checks:
        if check.verdict is not Verdict.PASSED:
            yield f"      {check.function}, {check.kind}: {verdict_word(check.verdict)}{_code(check)}"
            yield f"        {sentence(check)}"


def _code(check: CheckResult) -> str:
    return f" [{check.diagnosis.code}]" if check.diagnosis else ""


def _points(score: Score) -> str:
    return f"{score.given:g} of {score.maximum:g}"
