"""Every error has a sentence for people, and the tree in the docstring is the tree in the code."""

import inspect

import pytest

from submissions import errors
from submissions.errors import SubmissionsError

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
