"""What forward, stability and gradient share: what is right given the student's own functions, points and flags."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from grader.checks.subject import Finding, Subject, ended
from grader.checks.values.given import right_given
from grader.naming import bind
from grader.oracle import Oracle
from grader.probes import FloatArray, ordinary_probes
from grader.report import Verdict
from grader.sandbox import Loaded, Returned
from grader.student import Student
from reference.catalog import AssignmentFolder
from reference.spec import Forward, Given, Gradient, Step
from tests.fakes.in_process import InProcessSandbox, upload

Examine = Callable[..., Finding]
LAYER = Step("compute_layer", ("x", "w_h", "b_h"), ("z_h",))
RELU = Step("relu", ("z_h",), ("a_h",))


@contextmanager
def _subject(folder: AssignmentFolder, source: str) -> Iterator[Subject]:
    with InProcessSandbox().open(upload(source), folder.assignment.limits) as session:
        assert isinstance(session.loaded, Loaded)
        student = Student(session, bind(folder.assignment.functions, session.loaded.definitions))
        yield Subject(folder.assignment, student, Oracle(folder.answers), "public:1", lambda: 0.0)


def _given(folder: AssignmentFolder, code: str, *steps: Step) -> list[dict[str, FloatArray]] | None:
    function = folder.assignment.function("forward_prop")
    with _subject(folder, f"{folder.solution}\n{code}") as subject:
        probes = ordinary_probes(function, subject.rng("test"))
        way = Given((*steps, Step("compute_layer", ("a_h", "w_o", "b_o"), ("z_o",)), Step("softmax", ("z_o",), ("p",))))
        rights = right_given(subject, function, way, probes)
    return None if rights is None else [dict(right) for right in rights]


def test_steps_run_on_the_students_own_functions(folder: AssignmentFolder) -> None:
    rights = _given(folder, "def relu(x): return np.abs(x)", LAYER, RELU)

    assert rights is not None
    for right in rights:
        assert np.array_equal(right["a_h"], np.abs(right["z_h"]))


def test_an_argument_changed_in_place_is_what_the_next_step_sees(folder: AssignmentFolder) -> None:
    rights = _given(folder, "def relu(x):\n    x[x < 0] = 0\n    return x", LAYER, RELU)

    assert rights is not None
    assert all(np.array_equal(right["a_h"], right["z_h"]) for right in rights)


@pytest.mark.parametrize("code", ["def relu(x): return None", "def relu(x): raise ValueError", "del relu"])
def test_nothing_is_right_given_a_function_that_does_not_answer(code: str, folder: AssignmentFolder) -> None:
    assert _given(folder, code, LAYER, RELU) is None


def test_own_values_whose_shapes_do_not_fit_make_nothing_right(examine: Examine) -> None:
    result = examine("gradient", "grad_ce", "f = softmax\ndef softmax(z): return f(z)[:, :2].T").result

    assert result.verdict is not Verdict.PASSED


def test_points_are_given_by_tensor_only_for_gradients(folder: AssignmentFolder, examine: Examine) -> None:
    code = """
    f = forward_prop
    def forward_prop(*a):
        z_h, a_h, z_o, p = f(*a)
        return z_h, a_h, z_o, 2 * p
    """
    forward = examine("forward", "forward_prop", code).result
    checks = [check for part in folder.assignment.parts for check in part.checks]

    assert forward.points.given == 0
    assert [tensor.name for tensor in forward.tensors if tensor.verdict is Verdict.WRONG] == ["p"]
    assert {type(check) for check in checks if hasattr(check, "tensor_points")} == {Gradient}


def test_a_returned_value_is_no_ending() -> None:
    with pytest.raises(TypeError, match="unanswered"):
        ended("forward", Forward("relu", 1), Returned(1.0), ())
