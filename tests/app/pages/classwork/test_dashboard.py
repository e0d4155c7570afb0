"""The dashboard's figures."""

from datetime import UTC, datetime

from app.pages.classwork.dashboard import dashboard
from app.pages.verdicts import Share
from submissions.models import GradebookRow, State, User

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PARTS = {"relu": 8.0, "softmax": 12.0}


def row(name: str, relu: float | None = None, softmax: float = 0, codes: tuple[str, ...] = ()) -> GradebookRow:
    user = User(name, f"{name}@example.org", name, False, NOW)
    if relu is None:
        return GradebookRow(user, 0, None, None, None, {}, ())
    points = {"relu": (relu, 8.0), "softmax": (softmax, 12.0)}
    return GradebookRow(user, 1, f"s-{name}", relu + softmax, State.DONE, points, codes)


def test_counts_grades_full_marks_and_our_faults() -> None:
    failed = GradebookRow(row("f").user, 1, "s-f", None, State.FAILED, {}, ())
    view = dashboard([row("a", 8, 12), row("b", 4, 0), row("c"), failed], [], PARTS, 20, "v", lambda _, __: None)
    assert (view.graded, view.middle, view.full_marks, view.ungraded) == (2, 12, 1, 1)


def test_cells_tell_full_some_none_and_nothing_graded() -> None:
    view = dashboard([row("a", 8, 6), row("b", 0, 0), row("c")], [], PARTS, 20, "v", lambda _, __: None)
    assert [[cell.share for cell in student.cells] for student in view.students] == [
        [Share.FULL, Share.SOME],
        [Share.NONE, Share.NONE],
        [None, None],
    ]


def test_pass_rates_count_only_graded_students() -> None:
    view = dashboard([row("a", 8, 6), row("b", 8, 12), row("c")], [], PARTS, 20, "v", lambda _, __: None)
    assert [(rate.name, rate.full, rate.graded, rate.percent) for rate in view.rates] == [
        ("relu", 2, 2, 100),
        ("softmax", 1, 2, 50),
    ]


def test_causes_come_most_frequent_first_with_the_words_of_one_student() -> None:
    rows = [row("a", 0, 0, ("X", "FOLLOWS_FROM", "FOLLOWS_FROM_STEP")), row("b", 0, 0, ("X", "Y")), row("c", 8, 12)]
    view = dashboard(rows, [], PARTS, 20, "v", lambda met, code: f"{code} as {met.user.name} has it")
    assert [(cause.code, cause.sentence, len(cause.rows)) for cause in view.causes] == [
        ("X", "X as a has it", 2),
        ("Y", "Y as b has it", 1),
    ]


def test_a_cause_has_a_title_that_is_nobodys_in_particular() -> None:
    rows = [row("a", 0, 0, ("MEAN_OVER_BATCH_SHAPE", "GONE"))]
    causes = dashboard(rows, [], PARTS, 20, "v", lambda _, __: None).causes
    assert [cause.title for cause in causes] == ["The gradient is averaged over the batch", None]


def test_empty_course_has_no_picture() -> None:
    view = dashboard([], [], PARTS, 20, "v", lambda _, __: None)
    assert view.distribution is None
    assert view.middle is None
