"""The gradebook of a whole course as CSV, with cells that a spreadsheet would run as a formula made harmless."""

import csv
import io
from collections.abc import Sequence

from app.gradebooks.cells import points, text
from submissions.models import CourseAssignment
from submissions.standings import CourseRow


def course_csv(asked: Sequence[CourseAssignment], rows: Sequence[CourseRow]) -> str:
    """One line a person: name, e-mail, total, maximum, and what counts in each assignment, empty for nothing graded.

    What is hidden from students comes last and says so in its head, for it is not in the total.
    """
    places = sorted(range(len(asked)), key=lambda place: not asked[place].visible)
    names = [asked[place].slug + ("" if asked[place].visible else " (hidden)") for place in places]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(text(name) for name in ("name", "email", "total", "maximum", *names))
    for row in rows:
        grades = [standing.grade if standing else None for standing in row.standings]
        writer.writerow(
            [
                text(row.user.name),
                text(row.user.email),
                points(row.total.points),
                points(row.total.whole),
                *(points(grade.points if grade else None) for grade in (grades[place] for place in places)),
            ]
        )
    return out.getvalue()
