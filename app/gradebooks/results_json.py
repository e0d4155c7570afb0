"""A report as Gradescope's results.json (gradescope-autograders.readthedocs.io/en/latest/specs)."""

from typing import Any

from grader import messages
from grader.report import PartResult, Report, Verdict
from grader.translation import gettext as _


def results_json(report: Report) -> dict[str, Any]:
    """One test a part, with its points and a sentence for each check that failed; the notes are the output."""
    return {
        "score": report.score.given,
        "execution_time": round(report.seconds, 3),
        "output": "\n".join(messages.note_sentence(note) for note in report.notes),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "visible",
        "extra_data": {"assignment": report.assignment, "version": report.version, "sandbox": report.sandbox},
        "tests": [_test(number, part) for number, part in enumerate(report.parts, start=1)],
    }


def _test(number: int, part: PartResult) -> dict[str, Any]:
    failed = [check for check in part.checks if check.verdict is not Verdict.PASSED]
    return {
        "name": part.name,
        "number": str(number),
        "score": part.points.given,
        "max_score": part.points.maximum,
        "status": "failed" if failed else "passed",
        "output": "\n".join(messages.sentence(check) for check in failed) or _("All checks pass."),
        "tags": sorted({check.diagnosis.code for check in failed if check.diagnosis}),
        "visibility": "visible",
    }
