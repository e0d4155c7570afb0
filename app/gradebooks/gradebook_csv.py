"""The gradebook as CSV for a spreadsheet, with cells that a spreadsheet would run as a formula made harmless."""

import csv
import io
from collections.abc import Collection, Sequence

from app.gradebooks.cells import points, text
from submissions.models import GradebookRow


def gradebook_csv(rows: Sequence[GradebookRow], parts: Collection[str], maximum: float) -> str:
    """One line a student: name, e-mail, attempts, state, score, maximum, points of each part, diagnosis codes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [text(name) for name in ("name", "email", "attempts", "state", "score", "maximum", *parts, "codes")]
    )
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
            ]
        )
    return out.getvalue()
