"""The checks that a terminal tells of: those that are not passed, and one for a file that does not load at all."""

from collections.abc import Iterator, Sequence

from app.pages.report.findings import WHOLE_FILE
from grader.report import CheckResult, PartResult, Report, Verdict


def failures(report: Report) -> Iterator[tuple[PartResult, Sequence[CheckResult]]]:
    """Each part with its checks that are not passed; what is about the whole file comes with the first part only."""
    told = False
    for part in report.parts:
        failed = [check for check in part.checks if check.verdict is not Verdict.PASSED]
        whole = [check for check in failed if is_of_whole_file(check)]
        yield part, [check for check in failed if check not in whole] if told or not whole else whole[:1]
        told = told or bool(whole)


def heading(check: CheckResult) -> str:
    """What a failure is about."""
    return "the whole file" if is_of_whole_file(check) else f"{check.function}, {check.kind}"


def is_of_whole_file(check: CheckResult) -> bool:
    """Whether the file does not load, of which every check says the same."""
    return check.diagnosis is not None and check.diagnosis.code in WHOLE_FILE
