"""Gradients are the reference's, tensor by tensor; a wrong one says whether it is the derivative of the own loss."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict
from grader.sandbox import Stopped

Examine = Callable[..., Finding]

BACKWARD = """
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, _, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return {result}
"""
RIGHT = ("x.T @ d_h", "d_h.sum(axis=0, keepdims=True)", "a_h.T @ d_o", "d_o.sum(axis=0, keepdims=True)")


def _backward(**changed: str) -> str:
    names = ("dW_h", "db_h", "dW_o", "db_o")
    return BACKWARD.format(result=", ".join(changed.get(n, r) for n, r in zip(names, RIGHT, strict=True)))


def _named() -> str:
    """The right gradients in a dict, in another order."""
    rows = "f = backward_prop\ndef backward_prop(*a):\n    p, q, r, s = f(*a)\n"
    return rows + "    return {'db_o': s, 'dW_o': r, 'db_h': q, 'dW_h': p}\n"


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("grad_ce", ""),
        ("backward_prop", ""),
        ("backward_prop", _backward(db_h="d_h.sum(axis=0)", db_o="np.ones(len(x)) @ d_o")),
        ("backward_prop", _backward().replace("(z_h > 0)", "(z_h >= 0)")),
        ("backward_prop", _named()),
        ("grad_ce", "f = grad_ce\ndef grad_ce(t, z): return f(t, z).tolist()"),
    ],
)
def test_right_gradients_pass(function: str, code: str, seed: str, examine: Examine) -> None:
    finding = examine("gradient", function, code, seed=seed)

    assert finding.result.verdict is Verdict.PASSED
    assert finding.result.points.given == finding.result.points.maximum
    assert (finding.notes, finding.flags) == ((), ())


@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("grad_ce", "def grad_ce(t, z): return np.array([])"),
        ("grad_ce", "def grad_ce(t, z): return (softmax(z) - t)[:0]"),
        ("backward_prop", _backward(dW_h="np.array([])")),
        ("backward_prop", _backward(db_o="[]")),
    ],
)
def test_a_gradient_of_no_entries_is_a_wrong_shape(function: str, code: str, examine: Examine) -> None:
    result = examine("gradient", function, code).result

    assert result.diagnosis is not None
    assert (result.verdict, result.diagnosis.code) == (Verdict.WRONG, "SHAPE")


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
@pytest.mark.parametrize(("tensor", "points"), [("dW_h", 8), ("db_h", 2), ("dW_o", 8), ("db_o", 2)])
def test_one_wrong_tensor_costs_its_own_points(tensor: str, points: float, seed: str, examine: Examine) -> None:
    right = RIGHT[("dW_h", "db_h", "dW_o", "db_o").index(tensor)]
    result = examine("gradient", "backward_prop", _backward(**{tensor: f"np.tanh({right})"}), seed=seed).result

    assert result.verdict is Verdict.WRONG
    assert result.points.given == 20 - points
    assert [each.name for each in result.tensors if each.verdict is not Verdict.PASSED] == [tensor]
    assert result.diagnosis is not None
    assert result.diagnosis.evidence["wrong"] == [tensor]


@pytest.mark.parametrize("factor", ["1.0001", "0.9999", "-1", "0", "2", "np.nan", "1j"])
def test_small_and_large_errors_are_wrong(factor: str, examine: Examine) -> None:
    result = examine("gradient", "grad_ce", f"f = grad_ce\ndef grad_ce(t, z): return f(t, z) * {factor}").result

    assert result.verdict is Verdict.WRONG
    assert result.points.given == 0


@pytest.mark.parametrize(
    ("code", "own"),
    [
        # a right derivative of another loss
        ("def average_ce(t, p): return -np.sum(t * np.log(p))\ndef grad_ce(t, z): return softmax(z) - t", True),
        # a wrong derivative of the right loss
        ("def grad_ce(t, z): return softmax(z) - t", False),
        # the loss gives nothing to measure
        ("def average_ce(t, p): raise ValueError\ndef grad_ce(t, z): return softmax(z) - t", None),
        ("def average_ce(t, p): return p\ndef grad_ce(t, z): return softmax(z) - t", None),
    ],
)
def test_the_own_loss_tells_two_faults_apart(code: str, own: bool | None, examine: Examine) -> None:
    result = examine("gradient", "grad_ce", code).result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "TOTAL_NOT_MEAN"
    assert result.diagnosis.evidence["own_derivative"] is own


def test_the_own_loss_of_a_network_is_measured_too(examine: Examine) -> None:
    code = "def average_ce(t, p): return -np.sum(t * np.log(p))\n" + _backward().replace(" / len(x)", "")
    own = examine("gradient", "backward_prop", code).result
    wrong = examine("gradient", "backward_prop", _backward().replace(" / len(x)", "")).result

    assert own.diagnosis is not None
    assert wrong.diagnosis is not None
    assert (own.diagnosis.evidence["own_derivative"], wrong.diagnosis.evidence["own_derivative"]) == (True, False)


@pytest.mark.parametrize(
    ("function", "mistake", "given"),
    [
        ("grad_ce", "def softmax(z):\n    e = np.exp(z)\n    return e / e.sum()", ["softmax"]),
        ("backward_prop", "def relu(x): return np.abs(x)", ["forward_prop"]),
        ("backward_prop", "def softmax(z):\n    e = np.exp(z)\n    return e / e.sum()", ["forward_prop"]),
        ("backward_prop", "def compute_layer(x, w, b): return x @ w", ["forward_prop"]),
    ],
)
def test_a_gradient_over_a_wrong_function_is_graded_on_it(
    function: str, mistake: str, given: list[str], examine: Examine
) -> None:
    finding = examine("gradient", function, mistake)

    assert finding.result.verdict is Verdict.PASSED
    assert [(note.code, note.evidence["given"]) for note in finding.notes] == [("GRADED_ON_OWN", given)]


def test_a_backward_pass_that_calls_a_wrong_grad_ce_is_graded_on_it(examine: Examine) -> None:
    code = "def grad_ce(t, z): return t - softmax(z)\n" + _backward().replace(
        "(p - target) / len(x)", "grad_ce(target, _)"
    )
    finding = examine("gradient", "backward_prop", code)

    assert finding.result.verdict is Verdict.PASSED
    assert [note.evidence["given"] for note in finding.notes] == [["forward_prop", "grad_ce"]]


def test_a_wrong_function_excuses_no_other_mistake(examine: Examine) -> None:
    code = "def relu(x): return np.abs(x)\n" + _backward(db_o="d_o.mean(axis=0, keepdims=True)")
    finding = examine("gradient", "backward_prop", code)

    assert finding.result.verdict is Verdict.WRONG
    assert finding.notes == ()


def test_zeros_are_not_right_given_zeros(examine: Examine) -> None:
    code = """
    def forward_prop(x, w_h, b_h, w_o, b_o): return 0 * x @ w_h, 0 * x @ w_h, 0 * x @ w_h @ w_o, 0 * x @ w_h @ w_o
    def grad_ce(t, z): return 0 * z
    def backward_prop(x, target, w_h, b_h, w_o, b_o): return 0 * w_h, 0 * b_h, 0 * w_o, 0 * b_o
    """
    finding = examine("gradient", "backward_prop", code)

    assert finding.result.points.given == 0
    assert finding.notes == ()


FORMS_OF_2019 = [
    ("-target / prediction / len(target)", True),
    ("-target / prediction", True),
    ("(softmax(prediction) - target) / len(target)", True),
    ("-target / softmax(prediction)", True),
    ("-target / softmax(prediction) / len(target)", True),
    ("(prediction - target) / len(target)", True),
    ("prediction - target", True),
    ("softmax(prediction) - target", True),
    ("(prediction - target) / 2", False),
    ("-target / prediction / 2", False),
    ("target / prediction", False),
]


@pytest.mark.parametrize(("formula", "right"), FORMS_OF_2019)
def test_under_the_spelling_of_2019_its_forms_are_right(formula: str, right: bool, examine: Examine) -> None:
    source = (
        "import numpy as np\n"
        "def softmax(z):\n    e = np.exp(z - z.max(axis=1, keepdims=True))\n"
        "    return e / e.sum(axis=1, keepdims=True)\n"
        f"def gradCE(target, prediction): return {formula}\n"
    )

    assert (examine("gradient", "grad_ce", source, alone=True).result.verdict is Verdict.PASSED) is right


@pytest.mark.parametrize("formula", [formula for formula, right in FORMS_OF_2019[:2]])
def test_the_same_code_as_grad_ce_is_the_derivative_by_the_probabilities(formula: str, examine: Examine) -> None:
    result = examine("gradient", "grad_ce", f"def grad_ce(target, prediction): return {formula}").result

    assert result.verdict is Verdict.WRONG
    assert result.diagnosis is not None
    assert result.diagnosis.code == "GRAD_WRT_PROB"


@pytest.mark.parametrize("formula", ["(p - t) / len(t)", "(softmax(p) - t) / len(t)"])
def test_who_calls_the_argument_a_prediction_may_have_taken_the_softmax_before(formula: str, examine: Examine) -> None:
    given = (
        formula.replace("p", "prediction", 1) if "softmax" not in formula else formula.replace("(p)", "(prediction)")
    )

    assert (
        examine("gradient", "grad_ce", f"def grad_ce(t, prediction): return {given}").result.verdict is Verdict.PASSED
    )
    assert (
        examine("gradient", "grad_ce", f"def grad_ce(t, p): return {formula}").result.verdict is Verdict.PASSED
    ) is ("softmax" in formula)


@pytest.mark.parametrize("formula", ["(target - p)", "(target - p) / len(p)", "target / p", "(target - softmax(p))"])
def test_the_wrong_sign_of_any_form_of_2019_is_a_wrong_sign(formula: str, examine: Examine) -> None:
    source = (
        "import numpy as np\n"
        "def softmax(z):\n    e = np.exp(z - z.max(axis=1, keepdims=True))\n"
        "    return e / e.sum(axis=1, keepdims=True)\n"
        f"def gradCE(target, p): return {formula}\n"
    )
    result = examine("gradient", "grad_ce", source, alone=True).result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "SIGN"
    assert "also" not in result.diagnosis.evidence


@pytest.mark.parametrize("step", ["1e-3", "1e-4", "1e-5", "1e-6", "1e-7"])
def test_finite_differences_of_any_step_are_flagged(step: str, examine: Examine) -> None:
    code = f"""
    def grad_ce(t, z):
        def loss(z):
            m = z.max(axis=1)
            return np.sum(m + np.log(np.exp(z - m[:, None]).sum(axis=1)) - (t * z).sum(axis=1)) / len(z)
        g = np.zeros_like(z)
        for i in np.ndindex(*z.shape):
            up, down = z.copy(), z.copy()
            up[i] += {step}
            down[i] -= {step}
            g[i] = (loss(up) - loss(down)) / (2 * {step})
        return g
    """
    finding = examine("gradient", "grad_ce", code)

    assert finding.result.verdict is Verdict.PASSED
    assert [flag.code for flag in finding.flags] == ["LOW_PRECISION", "FINITE_DIFFERENCES"]


def test_classes_written_into_the_code_are_named(examine: Examine) -> None:
    code = "f = grad_ce\ndef grad_ce(t, z): return f(t, z) if z.shape[1] == 10 else f(t, z)[:, :10].reshape(-1, 10)"
    result = examine("gradient", "grad_ce", code).result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "HARDCODED_CLASSES"


def test_what_depends_on_the_batch_size_is_not_laid_to_the_classes(examine: Examine) -> None:
    code = "f = grad_ce\ndef grad_ce(t, z): return f(t, z) if len(z) == 7 else np.tanh(f(t, z))"
    result = examine("gradient", "grad_ce", code).result

    assert result.diagnosis is not None
    assert result.diagnosis.code != "HARDCODED_CLASSES"


def test_raising_missing_and_ended_cost_the_points(examine: Examine) -> None:
    raised = examine(
        "gradient", "grad_ce", "f = grad_ce\ndef grad_ce(t, z):\n    assert len(z) > 1\n    return f(t, z)"
    )
    missing = examine("gradient", "grad_ce", "def f(x): return x", alone=True)
    ended = examine("gradient", "grad_ce", grad_ce=Stopped(Verdict.TIME_LIMIT, "too long"))

    verdicts = [(each.result.verdict, each.result.points.given) for each in (raised, missing, ended)]
    assert verdicts == [(Verdict.RAISED, 0), (Verdict.MISSING, 0), (Verdict.TIME_LIMIT, 0)]
