"""Who is excused by an earlier function, and who only looks as if."""

from collections.abc import Callable

import numpy as np
import pytest

from grader.checks.subject import Finding, Subject
from grader.checks.values.given import graded_on_own
from grader.comparison import compare
from grader.naming import bind
from grader.oracle import Oracle
from grader.probes import ordinary_probes
from grader.report import Verdict
from grader.sandbox import Loaded
from grader.student import Student
from reference.catalog import AssignmentFolder
from reference.spec import Given, Step
from tests.fakes.in_process import InProcessSandbox, upload

Examine = Callable[..., Finding]

WHOLE_MATRIX = "def softmax(z):\n    e = np.exp(z)\n    return e / e.sum()\n"
SOFTMAX = "    e = np.exp(z - z.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)\n"
FORWARD = "def forward_prop(x, w_h, b_h, w_o, b_o):\n"
UNMASKED = """
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta = (p - target) / len(x)
    back = delta @ w_o.T
    return x.T @ back, back.sum(axis=0, keepdims=True), a_h.T @ delta, delta.sum(axis=0, keepdims=True)
"""


def test_a_function_that_passed_its_own_checks_excuses_nothing(examine: Examine) -> None:
    excused = examine("gradient", "grad_ce", WHOLE_MATRIX)
    proven = examine("gradient", "grad_ce", WHOLE_MATRIX, proven=frozenset({"softmax"}))

    assert excused.result.verdict is Verdict.PASSED
    assert [note.code for note in excused.notes] == ["GRADED_ON_OWN"]
    assert proven.result.verdict is Verdict.WRONG
    assert proven.notes == ()


def test_nothing_is_excused_without_a_process_apart(folder: AssignmentFolder) -> None:
    function = folder.assignment.function("grad_ce")
    way = Given((Step("softmax", ("logits",), ("p",)),), "grad_ce_given", ("target", "p"))
    with InProcessSandbox().open(upload(f"{folder.solution}\n{WHOLE_MATRIX}"), folder.assignment.limits) as session:
        assert isinstance(session.loaded, Loaded)
        student = Student(session, bind(folder.assignment.functions, session.loaded.definitions))
        subject = Subject(folder.assignment, student, Oracle(folder.answers), "public:1", lambda: 0.0)
        probes = ordinary_probes(function, subject.rng("test"))
        replies = student.call("grad_ce", [list(probe.arguments.values()) for probe in probes])

        direct = compare(function, ["grad_ce"], subject.oracle, probes, replies)

        assert graded_on_own(subject, function, probes, replies, [way], direct) is None


def test_what_a_function_knows_of_the_one_it_excuses_is_not_heard(examine: Examine) -> None:
    code = (
        "said = {}\n"
        "def grad_ce(target, z):\n    said[z.tobytes()] = z ** 2 - 3 * target, target\n    return z ** 2 - 3 * target\n"
        "def softmax(z):\n"
        "    if z.tobytes() in said:\n"
        "        gradient, target = said[z.tobytes()]\n"
        "        return len(z) * gradient + target\n"
        f"{SOFTMAX}"
    )
    finding = examine("gradient", "grad_ce", code)

    assert finding.result.verdict is Verdict.WRONG
    assert finding.notes == ()


@pytest.mark.parametrize(
    "forward",
    [
        "    return -np.ones((len(x), w_h.shape[1])), 0 * x @ w_h, 0 * x @ w_h @ w_o, 0 * x @ w_h @ w_o\n",
        "    z = x @ w_h + b_h\n    return z, np.maximum(z, 0), z @ w_o, np.full((len(x), w_o.shape[1]), 0.5)\n",
        "    z = x @ w_h + b_h\n    return z, 1e-9 * z, z @ w_o, softmax(z @ w_o)\n",
        "    z = 1 + np.abs(x @ w_h + b_h)\n    return z, z, z @ w_o, softmax(z @ w_o)\n",
    ],
    ids=["off", "constant", "tiny", "always on"],
)
def test_a_forward_pass_in_which_nothing_shows_excuses_nothing(forward: str, examine: Examine) -> None:
    off = "-np.ones" in forward
    backward = (
        "def backward_prop(x, target, w_h, b_h, w_o, b_o):\n"
        "    return 0 * w_h, 0 * b_h, 0 * w_o, -target.mean(axis=0, keepdims=True)\n"
    )
    finding = examine("gradient", "backward_prop", FORWARD + forward + (backward if off else UNMASKED))

    assert finding.result.verdict is Verdict.WRONG
    assert finding.notes == ()


@pytest.mark.parametrize(
    "pattern",
    [
        "np.indices(z.shape).sum(axis=0) > 0",  # all units are on but one
        "np.indices(z.shape).sum(axis=0) % 2 > 0",  # every other one is, whatever the data
        "(SAID.append(1), np.indices(z.shape).sum(axis=0) + len(SAID))[1] % 2 > 0",  # and it changes with every call
    ],
)
def test_units_that_are_on_by_their_places_excuse_no_missing_derivative(pattern: str, examine: Examine) -> None:
    code = f"""
SAID = []
def units(z): return np.where({pattern}, 1.0, -1.0)
{FORWARD}    z = (1 + np.abs(x @ w_h + b_h)) * units(x @ w_h)
    a = np.maximum(z, 0)
    return z, a, a @ w_o + b_o, softmax(a @ w_o + b_o)
{UNMASKED.replace("delta @ w_o.T", "(delta @ w_o.T) * (z_h > 0)")}"""
    finding = examine("gradient", "backward_prop", code)

    assert finding.result.points.given == 0
    assert finding.notes == ()


@pytest.mark.parametrize("z", ["x @ w_h", "b_h - x @ w_h", "x / 255 @ w_h + b_h", "(x[::-1] @ w_h + b_h) * 3"])
def test_a_wrong_forward_that_sees_its_arguments_excuses_what_follows_from_it(z: str, examine: Examine) -> None:
    code = f"""
{FORWARD}    z = {z}
    a = np.maximum(z, 0)
    return z, a, a @ w_o + b_o, softmax(a @ w_o + b_o)
{UNMASKED.replace("delta @ w_o.T", "(delta @ w_o.T) * (z_h > 0)")}"""
    finding = examine("gradient", "backward_prop", code)

    assert finding.result.verdict is Verdict.PASSED
    assert [note.code for note in finding.notes] == ["GRADED_ON_OWN"]


def test_units_that_are_off_on_one_probe_excuse_by_what_another_shows(examine: Examine) -> None:
    # On the first probe the sum of the biases turns every unit off; on the second all is seen.
    finding = examine("gradient", "backward_prop", "def compute_layer(x, w, b): return x @ w + b.sum()\n")

    assert finding.result.verdict is Verdict.PASSED
    assert [note.code for note in finding.notes] == ["GRADED_ON_OWN"]


@pytest.mark.parametrize("value", ["np.arange(3.0)", "np.float64(2)", "np.ones((2, 3, 4))", "np.zeros(0)"])
def test_functions_of_other_shapes_make_nothing_right(value: str, examine: Examine) -> None:
    code = "".join(f"def {name}(*a): return {value}\n" for name in ("relu", "softmax", "compute_layer", "grad_ce"))
    for kind, function in (("forward", "forward_prop"), ("gradient", "backward_prop")):
        own = f"def {function}(*a): return a[0], a[0] * 2, a[1] * 3, a[0] * 4\n"

        assert examine(kind, function, code + own).result.verdict is Verdict.WRONG


def test_one_example_alone_shows_no_forgotten_mean(examine: Examine) -> None:
    raising = f"def softmax(z):\n    if len(z) > 1:\n        raise ValueError('no')\n{SOFTMAX}"
    finding = examine("gradient", "grad_ce", f"{raising}def grad_ce(t, z): return softmax(z) - t\n")

    assert finding.result.verdict is Verdict.RAISED
    assert finding.notes == ()


def test_a_function_that_raises_excuses_another_only_while_it_is_not_proven(examine: Examine) -> None:
    raising = f"def softmax(z):\n    if len(z) == 1:\n        raise ValueError('no')\n{SOFTMAX}"
    excused = examine("gradient", "grad_ce", raising)
    proven = examine("gradient", "grad_ce", raising, proven=frozenset({"softmax"}))

    assert excused.result.verdict is Verdict.PASSED
    assert [note.evidence["given"] for note in excused.notes] == [["softmax"]]
    assert proven.result.verdict is Verdict.RAISED


def test_an_update_is_judged_by_a_gradient_that_does_not_know_it(examine: Examine) -> None:
    code = (
        "right, states = backward_prop, []\n"
        "def backward_prop(*a):\n"
        "    if len(states) == 3:\n"
        "        return tuple((b - c - 0.8 * (a - b)) / 0.07 for a, b, c in zip(*states))\n"
        "    return right(*a)\n"
        "def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):\n"
        "    rng = np.random.default_rng(seed)\n"
        "    shapes = (x.shape[1], hidden), (1, hidden), (hidden, t.shape[1]), (1, t.shape[1])\n"
        "    weights = [0.3 * rng.standard_normal(shape) for shape in shapes]\n"
        "    for _ in range(epochs):\n"
        "        weights = [w - 0.07 * g for w, g in zip(weights, backward_prop(x, t, *weights))]\n"
        "    states.append(weights)\n"
        "    return dict(zip(('w_h', 'b_h', 'w_o', 'b_o'), weights))\n"
    )
    finding = examine("update_rule", "train", code)

    assert finding.result.verdict is Verdict.WRONG
    assert finding.result.diagnosis is not None
    assert finding.result.diagnosis.code == "NO_MOMENTUM"


def test_the_spread_asked_for_is_a_share_of_the_references(examine: Examine) -> None:
    """Softer by a thousandth of the temperature is still a softmax one can learn from: it is a mistake of its own."""
    code = "def softmax(z):\n    e = np.exp(z / 10)\n    return e / e.sum(axis=1, keepdims=True)\n"
    finding = examine("gradient", "grad_ce", code)

    assert finding.result.verdict is Verdict.PASSED
    assert np.isfinite(finding.result.points.given)
