"""Who counts as stuck: tries that brought nothing since the score last rose, never somebody with full marks."""

from datetime import UTC, datetime

from app.pages.classwork.stuck import stuck_students
from submissions.marking import Grade
from submissions.models import Attempt, GradebookRow, State, Submission, User

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def attempts(name: str, *scores: float | None) -> list[Attempt]:
    made = []
    for number, score in enumerate(scores, 1):
        submission = Submission(f"{name}{number}", "a", name, number, "a.py", 1, "", NOW)
        grade = None if score is None else Grade(score, 10.0, score, 0, 0.0, None, as_reported=True)
        made.append(Attempt(submission, State.QUEUED if score is None else State.DONE, score, 10.0, grade))
    return made


def stuck(**scores: tuple[float | None, ...]) -> list[tuple[str, int, str]]:
    rows = [
        GradebookRow(
            User(name, "", name, False, NOW), len(made), name, max((s or 0 for s in made), default=0), None, {}, ()
        )
        for name, made in scores.items()
    ]
    made = [attempt for name, given in scores.items() for attempt in attempts(name, *given)]
    return [(one.user.name, one.tries, one.newest) for one in stuck_students(rows, made, 10.0)]


def test_three_tries_without_a_better_score_are_stuck() -> None:
    assert stuck(ada=(1, 5, 5, 4, 5)) == [("ada", 3, "ada5")]
    assert stuck(ada=(1, 5, 5, 4)) == []


def test_progress_begins_the_count_anew_and_full_marks_end_it() -> None:
    assert stuck(ada=(1, 1, 1, 1, 2)) == []
    assert stuck(ada=(10, 1, 1, 1, 1)) == []
    assert stuck(ada=()) == []


def test_what_is_not_graded_is_no_try_and_the_most_tries_come_first() -> None:
    assert stuck(ada=(1, 1, 1, None), bob=(2, 2, 2, 2), cy=(0, 0, 0, 0, 0)) == [("cy", 4, "cy5"), ("bob", 3, "bob4")]
