"""A rate counts only where work always waited."""

from tests.benchmarks.idle import always_waited
from tests.benchmarks.site import Times


def grading(created: float, finished: float) -> Times:
    return Times("", "submitted", "done", created, created, finished)


def test_work_that_is_there_from_the_begin_always_waits() -> None:
    assert always_waited([grading(0.0, 1.0 + number) for number in range(6)], slots=2)


def test_a_slot_without_work_is_seen() -> None:
    early, late = [grading(0.0, 1.0 + number) for number in range(4)], grading(3.5, 5.0)

    assert always_waited([*early, late], slots=1)
    assert not always_waited([*early, late], slots=2), "one slot had nothing at 3.0"
