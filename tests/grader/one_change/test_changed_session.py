"""A change is made once before the calls; what a process says of its changes is read strictly."""

from collections.abc import Sequence

import pytest

from grader.one_change.changed_session import ChangedSession, described, prepared
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Stopped
from grader.sandbox.inside.wire import Value


class Scripted:
    """A Session that answers each target as it is told, and remembers the calls."""

    def __init__(self, **replies: Reply) -> None:
        self.loaded = Loaded(())
        self.printed = "prints"
        self.calls: list[Call] = []
        self._replies = replies

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        self.calls += calls
        return [self._replies.get(call.target.rpartition(".")[2], Returned(None)) for call in calls]


def test_the_change_is_made_with_the_first_calls_and_not_again() -> None:
    session = Scripted(f=Returned(1.0))
    changed = ChangedSession(session, 7, 0.5)

    assert [changed.run([Call("f"), Call("f")]), changed.run([Call("f")])] == [[Returned(1.0)] * 2, [Returned(1.0)]]
    assert [call.target for call in session.calls] == ["~changes.make", "f", "f", "f"]
    assert session.calls[0].arguments == (7,)
    assert {call.wall_seconds for call in session.calls[1:]} == {0.5}
    assert (changed.loaded, changed.printed, changed.ended) == (session.loaded, "prints", False)


def test_where_a_change_cannot_be_made_every_call_raises_that() -> None:
    error = Raised("NameError", "x", 1)

    assert ChangedSession(Scripted(make=error), 0, 1.0).run([Call("f"), Call("g")]) == [error, error]


@pytest.mark.parametrize("where", ["make", "f"])
def test_an_ending_is_remembered(where: str) -> None:
    changed = ChangedSession(Scripted(**{where: Stopped(Verdict.TIME_LIMIT, "too long")}), 0, 1.0)
    changed.run([Call("f")])

    assert changed.ended


@pytest.mark.parametrize(
    ("said", "count"), [(3, 3), (10**9, 600), (-1, 0), (True, 0), ("3", 0), (2.0, 0), (None, 0), ([1], 0)]
)
def test_a_number_of_changes_is_believed_up_to_the_most(said: Value, count: int) -> None:
    assert prepared(Scripted(prepare=Returned(said)), ["f"], [], 600) == count


def test_a_description_is_four_values_of_their_kinds() -> None:
    told = ("sign", 3, "a - b", "student.py")
    others: list[Value] = [("sign", "3", "a", "b"), ("sign", 3), None, ["sign", 3, {}, "b"]]

    assert described(Scripted(describe=Returned(told)), 0) == told
    assert [described(Scripted(describe=Returned(value)), 0) for value in others] == [None] * 4
    assert described(Scripted(describe=Raised("E", "", 0)), 0) is None
    assert prepared(Scripted(prepare=Raised("E", "", 0)), ["f"], [], 600) == 0
