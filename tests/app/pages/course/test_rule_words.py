"""What a course may set of an assignment is in its form, in its history and in words: none lacks a field."""

from datetime import UTC, datetime

from app.pages.assignment.asked_form import FIELDS
from app.pages.course.rule_words import LABELS
from app.staff.asking import written
from submissions.models import CourseAssignment


def test_form_history_and_words_have_the_same_fields() -> None:
    now = datetime(2026, 9, 1, tzinfo=UTC)
    asked = CourseAssignment("a", "c", "hw", "Homework", 100.0, now, now, None)

    assert set(written(asked, "UTC")) == set(FIELDS) == {"slug", *LABELS}
