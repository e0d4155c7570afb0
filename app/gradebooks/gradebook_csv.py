"""The gradebook as CSV for a spreadsheet, with cells that a spreadsheet would run as a formula made harmless."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence

from app.gradebooks.cells import points, text
from submissions.marking import Extension
from submissions.models import Attempt, GradebookRow

HOW = (
    "raw_score",
    "raw_maximum",
    "before_lateness",
    "late_days",
    "lost_to_lateness",
    "override",
    "override_by",
    "override_comment",
    "handed_in_at",
    "extended_due_at",
    "extra_attempts",
)
"""How the score came about. New columns go to the end: programs that read the file may count them."""


def gradebook_csv(
    rows: Sequence[GradebookRow],
    attempts: Sequence[Attempt],
    extensions: Mapping[str, Extension],
    parts: Collection[str],
    maximum: float,
) -> str:
    """One line a student: name, e-mail, attempts, state, score, maximum, points of each part, diagnosis codes, and HOW.

    The parts add up to raw_score, which is what the checks gave. On the course's scale that is before_lateness; less
    lost_to_lateness it is the score, unless staff decided otherwise: then that is `override`. Times are in UTC.
    """
    made = {attempt.submission.id: attempt for attempt in attempts}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ("name", "email", "attempts", "state", "score", "maximum", *parts, "codes", *HOW)
    writer.writerow(text(name) for name in head)
    for row in rows:
        given = [row.part_points.get(part) for part in parts]
        writer.writerow(
            [
                text(row.user.name),
                text(row.user.email),
                row.attempts,
                row.state.value if row.state else "",
                points(row.score_given),
                points(maximum),
                *(points(pair[0] if pair else None) for pair in given),
                text(" ".join(row.codes)),
                *_how(row, made.get(row.submission_id or ""), extensions.get(row.user.id)),
            ]
        )
    return out.getvalue()


def _how(row: GradebookRow, attempt: Attempt | None, extension: Extension | None) -> list[str]:
    """The cells of HOW, empty where there is nothing to say."""
    grade = row.grade
    override = grade.override if grade else None
    return [
        points(attempt.given if attempt else None),
        points(attempt.maximum if attempt else None),
        points(grade.before if grade else None),
        str(grade.late_days) if grade else "",
        points(grade.before * grade.loss_percent / 100 if grade else None),
        points(grade.points if grade and override else None),
        text(override.by) if override else "",
        text(override.comment) if override else "",
        attempt.submission.created_at.isoformat(timespec="seconds") if attempt else "",
        extension.due_at.isoformat(timespec="seconds") if extension and extension.due_at else "",
        str(extension.more_attempts) if extension else "",
    ]
