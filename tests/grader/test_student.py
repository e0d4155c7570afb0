"""Calls go out under the student's own names and layout, and come back in the assignment's."""

from collections.abc import Sequence

import numpy as np
import pytest

from grader.naming import Binding
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Stopped
from grader.sandbox.inside.wire import Definition
from grader.student import MOST_BEYOND, SMALLEST_REPLY, Layout, Student
from reference.spec import Function, Operation, Tensor

X = np.arange(6.0).reshape(2, 3)
FUNCTION = Function("layer", Operation.OTHER, (Tensor("x", ("N", "D")),), (Tensor("z", ("N", "D")),))


class Recorder:
    """A Session that keeps its calls and gives one reply to all."""

    loaded = Loaded(())
    printed = ""

    def __init__(self, reply: Reply) -> None:
        self.calls: list[Call] = []
        self._reply = reply

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        self.calls += calls
        return [self._reply for _ in calls]


def _student(session: Recorder, parameters: tuple[str, ...] = ("x",), way: Layout = Layout.ROWS) -> Student:
    return Student(session, {"layer": Binding(FUNCTION, Definition("Layer", 1, 2, parameters, 1), ("layer",))}, way)


def test_calls_use_the_students_spelling_seeds_and_limits() -> None:
    session = Recorder(Returned(None))
    _student(session).call("layer", [[X], [X]], echo=True, seeds=(3, 4), wall_seconds=9.0)

    assert [(call.target, call.seed, call.echo, call.wall_seconds) for call in session.calls] == [
        ("Layer", 3, True, 9.0),
        ("Layer", 4, True, 9.0),
    ]


def test_the_seed_is_0_where_none_is_asked() -> None:
    session = Recorder(Returned(None))
    _student(session).call("layer", [[X]])

    assert [(call.seed, call.echo, call.wall_seconds) for call in session.calls] == [(0, False, None)]


@pytest.mark.parametrize(
    ("parameters", "positional", "named"),
    [
        (("x", "lr", "epochs"), (), {"lr": 0.1, "epochs": 3}),
        (("x", "rate", "epochs"), (0.1, 3), {}),
        (("x",), (0.1, 3), {}),
    ],
)
def test_hyperparameters_go_by_keyword_only_where_all_names_fit(
    parameters: tuple[str, ...], positional: tuple[float, ...], named: dict[str, float]
) -> None:
    session = Recorder(Returned(None))
    _student(session, parameters).call("layer", [[X]], more={"lr": 0.1, "epochs": 3})

    (call,) = session.calls
    assert (positional, named) == (call.arguments[1:], call.keywords)


def test_columns_go_in_and_rows_come_out() -> None:
    reply = Returned((X.T, [X.T], {"z": X.T}, 1.5), (X.T,), 0.5)
    session = Recorder(reply)
    (restored,) = _student(session, way=Layout.COLUMNS).call("layer", [[X]])

    (sent,) = session.calls[0].arguments
    assert isinstance(sent, np.ndarray)
    assert sent.shape == (3, 2)
    assert sent.flags.c_contiguous
    assert isinstance(restored, Returned)
    value = restored.value
    assert isinstance(value, tuple)
    first, second, third, number = value
    assert isinstance(second, list)
    assert isinstance(third, dict)
    for array in (first, second[0], third["z"], restored.arguments[0]):
        assert isinstance(array, np.ndarray)
        assert np.array_equal(array, X)
    assert (number, restored.seconds) == (1.5, 0.5)


@pytest.mark.parametrize("reply", [Raised("ValueError", "no"), Stopped(Verdict.CRASHED, "it crashed")])
def test_faults_pass_through_in_columns_too(reply: Reply) -> None:
    assert _student(Recorder(reply), way=Layout.COLUMNS).call("layer", [[X]]) == [reply]


def test_a_reply_may_be_larger_than_the_arguments_but_not_without_end() -> None:
    session = Recorder(Returned(None))
    large = np.zeros((100, 100))
    _student(session).call("layer", [[X], [large]])

    assert [SMALLEST_REPLY, large.nbytes + MOST_BEYOND] == [call.reply_bytes for call in session.calls]
