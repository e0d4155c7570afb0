"""Calls that each stay under their own limit do not add up to hours."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.settings import Settings
from grader.patience import Patience, PatientSession, of_grading, of_part
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Stopped
from reference.catalog import Catalog
from reference.spec import Forward, Limits, Part, Training

LIMITS = Limits(call_seconds=10.0, part_seconds=25.0, grading_seconds=100.0)


class Slow:
    """A session whose every call takes `seconds`, unless it is ended before."""

    def __init__(self, seconds: float, load_seconds: float = 0.0) -> None:
        self.loaded: Loaded | Raised | Stopped = Loaded((), seconds=load_seconds)
        self.printed = "printed"
        self.asked: list[float | None] = []
        self.sent: list[int] = []
        self._seconds = seconds

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """One reply each."""
        self.sent.append(len(calls))
        return [self._one(call) for call in calls]

    def _one(self, call: Call) -> Reply:
        self.asked.append(call.wall_seconds)
        limit = LIMITS.call_seconds if call.wall_seconds is None else call.wall_seconds
        if self._seconds > limit:
            return Stopped(Verdict.TIME_LIMIT, "The call took longer.", limit)
        return Returned(1.0, seconds=self._seconds)


def test_quick_calls_are_not_touched() -> None:
    slow = Slow(1.0)
    session = PatientSession(slow, Patience("The part", 25.0), LIMITS)
    replies = session.run([Call("f"), Call("f", wall_seconds=3.0)])

    assert replies == [Returned(1.0, seconds=1.0)] * 2
    assert slow.asked == [None, 3.0]
    assert session.printed == "printed"
    assert session.loaded is slow.loaded


def test_the_call_at_which_it_is_used_up_is_the_last() -> None:
    slow = Slow(9.0, load_seconds=5.0)
    session = PatientSession(slow, Patience("The part", 25.0), LIMITS)
    replies = [reply for count in (1, 1, 2) for reply in session.run([Call("f")] * count)]
    spent = Stopped(Verdict.TIME_LIMIT, "The part took longer than 25 s.", 25.0)

    assert replies == [Returned(1.0, seconds=9.0)] * 2 + [spent] * 2
    assert slow.asked == [None, None, 2.0]
    assert session.run([Call("f")]) == [spent]


def test_calls_are_sent_together_while_there_is_time_for_them() -> None:
    slow = Slow(9.0)
    replies = PatientSession(slow, Patience("The part", 25.0), LIMITS).run([Call("f")] * 6)

    assert slow.sent == [3]
    assert [isinstance(reply, Returned) for reply in replies] == [True] * 3 + [False] * 3


def test_processes_of_a_part_share_it() -> None:
    patience = Patience("The part", 25.0)
    PatientSession(Slow(9.0), patience, LIMITS).run([Call("f")] * 2)
    second = Slow(9.0)
    PatientSession(second, patience, LIMITS).run([Call("f")])

    assert second.asked == [7.0]


def test_the_whole_grading_has_its_own() -> None:
    grading = of_grading(LIMITS)
    part = Part("p", (Forward("f", 1.0),))
    for _ in range(4):
        PatientSession(Slow(9.0), of_part(part, LIMITS, grading), LIMITS).run([Call("f")] * 9)
    last = PatientSession(Slow(9.0), of_part(part, LIMITS, grading), LIMITS).run([Call("f")])

    assert last == [Stopped(Verdict.TIME_LIMIT, "The whole grading took longer than 100 s.", 100.0)]


def test_an_ending_of_another_kind_stays_what_it_is() -> None:
    crashed = Stopped(Verdict.CRASHED, "It crashed.", 1.0)
    slow = Slow(1.0)
    slow.run = lambda calls: [crashed for _ in calls]  # type: ignore[method-assign]  # it crashes at once

    assert PatientSession(slow, Patience("The part", 0.5), LIMITS).run([Call("f")] * 2) == [crashed] * 2


@pytest.mark.parametrize("slug", Catalog.builtin().slugs())
def test_no_submission_outlasts_the_time_of_a_whole_grading(slug: str) -> None:
    """Passing it is taken for a fault of ours, and is tried again."""
    wall_seconds = Settings.model_fields["grading_wall_seconds"].default
    limits = Catalog.builtin().get(slug).assignment.limits

    assert limits.grading_seconds + limits.load_seconds + limits.call_seconds <= 0.8 * wall_seconds


def test_a_training_has_the_time_its_assignment_gives_it() -> None:
    parts = Catalog.builtin().get("ece421-numpy-nn").assignment.parts
    trains = next(part for part in parts if any(isinstance(check, Training) for check in part.checks))
    (training,) = (check for check in trains.checks if isinstance(check, Training))

    seconds = of_part(trains, LIMITS, of_grading(LIMITS)).seconds

    assert seconds == LIMITS.part_seconds + 2 * training.wall_seconds
    assert of_part(replace(trains, checks=()), LIMITS, of_grading(LIMITS)).seconds == LIMITS.part_seconds
