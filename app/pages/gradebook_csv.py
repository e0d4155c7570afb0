"""The gradebook as CSV for a spreadsheet, with cells that a spreadsheet would run as a formula made harmless."""

import csv
import io
from collections.abc import Mapping, Sequence

from submissions.models import GradebookRow

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def gradebook_csv(rows: Sequence[GradebookRow], parts: Mapping[str, float], maximum: float) -> str:
    """One line a student: name, e-mail, attempts, state, score, maximum, points of each part, diagnosis codes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [_safe(name) for name in ("name", "email", "attempts", "state", "score", "maximum", *parts, "codes")]
    )
    for row in rows:
        given = [row.part_points.get(part) for part in parts]
        writer.writerow(
            [
                _safe(row.user.name),
                _safe(row.user.email),
                row.attempts,
                row.state.value if row.state else "",
                _points(row.score_given),
                _points(maximum),
                *(_points(points[0] if points else None) for points in given),
                _safe(" ".join(row.codes)),
            ]
        )
    return out.getvalue()


def _safe(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet would take it for a formula."""
    return "'" + text if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _points(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
