"""Every error has a sentence for people, and the tree in the docstring is the tree in the code."""

import inspect
from datetime import UTC, datetime

import pytest

from grader.translation import spoken
from submissions import errors
from submissions.errors import SubmissionsError
from tests.fakes.bracketed import Bracketed

NOON = datetime(2027, 3, 5, 12, tzinfo=UTC)

CLASSES = [
    value
    for _, value in inspect.getmembers(errors, inspect.isclass)
    if issubclass(value, SubmissionsError) and value.__module__ == errors.__name__
]


@pytest.mark.parametrize("error", CLASSES)
def test_the_tree_is_drawn(error: type[SubmissionsError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


def test_a_refusal_says_all_its_reasons() -> None:
    rejected = errors.RejectedUpload((errors.Reason("A", "One."), errors.Reason("B", "Two.")))
    assert rejected.sentence == str(rejected) == "One. Two."


@pytest.mark.parametrize(
    ("allowed", "next_at", "said"),
    [
        (1, None, "You have used the one attempt of this assignment."),
        (3, None, "You have used all 3 attempts of this assignment."),
        (
            1,
            NOON,
            "You have used the one attempt of this assignment; the next one comes back on 5 March 2027 at 12:00 UTC.",
        ),
        (
            3,
            NOON,
            "You have used all 3 attempts of this assignment; the next one comes back on 5 March 2027 at 12:00 UTC.",
        ),
    ],
)
def test_used_attempts_are_counted(allowed: int, next_at: datetime | None, said: str) -> None:
    assert errors.AttemptsUsed(allowed, next_at).sentence == said


@pytest.mark.parametrize(("count", "said"), [(1, "1 submission was"), (2, "2 submissions were")])
def test_what_was_handed_in_is_counted(count: int, said: str) -> None:
    assert errors.AlreadyUsed("Nets", count).sentence == f"Nets stays: {said} handed in for it. Hide it instead."


def test_an_error_speaks_the_language_of_whoever_it_is_made_for() -> None:
    with spoken(Bracketed()):
        made = errors.AttemptsUsed(3)

    assert str(made) == "[You have used all 3 attempts of this assignment.]"
