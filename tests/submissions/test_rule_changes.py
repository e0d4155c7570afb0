"""Whose grade other rules change: by points, by lateness, with extensions and decisions as they are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from submissions.grades import grade_of
from submissions.lateness import Late, LateRule
from submissions.marking import Extension, Override
from submissions.models import Attempt, CourseAssignment, State, Submission
from submissions.rule_changes import grades_under

DUE = datetime(2026, 9, 8, 12, 0, tzinfo=UTC)
ASKED = CourseAssignment("a", "c", "hw", "Homework", 100.0, None, DUE, None, late=LateRule(Late.TAKEN))
TEN_A_DAY = replace(ASKED, late=LateRule(Late.PENALTY, 10.0))


def attempt(who: str, number: int, given: float | None, days: float, override: Override | None = None) -> Attempt:
    at = DUE + timedelta(days=days)
    submission = Submission(f"{who}{number}", "a", who, number, "a.py", 1, "", at)
    if given is None:
        return Attempt(submission, State.QUEUED, None, None)
    return Attempt(submission, State.DONE, given, 100.0, grade_of(ASKED, "UTC", at, given, 100.0, override))


def test_who_was_late_loses_and_an_earlier_attempt_may_count_instead() -> None:
    made = [attempt("ada", 1, 85, -1), attempt("ada", 2, 90, 0.5), attempt("bob", 1, 90, 0.5), attempt("cy", 1, 50, -1)]
    found = {one.user_id: one for one in grades_under(TEN_A_DAY, made, {}, "UTC")}

    assert set(found) == {"ada", "bob"}
    assert (found["ada"].step, found["ada"].submission_id) == (-5.0, "ada1")
    assert found["bob"].after.points == 81.0


def test_extensions_decisions_and_what_is_not_graded_are_left_alone() -> None:
    decided = Override(70.0, 100.0, "", "Ines", DUE)
    made = [attempt("ada", 1, 90, 0.5), attempt("bob", 1, 90, 0.5, decided), attempt("cy", 1, None, 0.5)]
    extension = Extension("a", "ada", DUE + timedelta(days=2), 0, "ill", "Ines", DUE)

    assert grades_under(TEN_A_DAY, made, {"ada": extension}, "UTC") == []


def test_other_points_change_whoever_has_any() -> None:
    made = [attempt("ada", 1, 90, -1), attempt("bob", 1, 0, -1)]
    (found,) = grades_under(replace(ASKED, points=50.0), made, {}, "UTC")

    assert (found.user_id, found.after.points, found.after.maximum) == ("ada", 45.0, 50.0)
