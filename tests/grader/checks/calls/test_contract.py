"""The contract: each way of breaking it has its own code, and what is harmless is accepted with a note."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.grade import grade
from grader.messages import sentence
from grader.parts import ENDED
from grader.report import Verdict
from grader.sandbox import Stopped
from grader.sandbox.unsafe import UnsafeSandbox
from grader.student import Layout
from reference.catalog import Catalog
from tests.fakes.in_process import upload

Examine = Callable[..., Finding]


@pytest.mark.parametrize("function", ["relu", "softmax", "compute_layer", "average_ce", "grad_ce", "backward_prop"])
def test_the_solution_keeps_every_contract(function: str, examine: Examine) -> None:
    finding = examine("contract", function)

    assert finding.result.verdict is Verdict.PASSED
    assert finding.result.points.given == finding.result.points.maximum > 0
    assert finding.notes == finding.flags == ()
    assert len(finding.result.lines) == 2


@pytest.mark.parametrize(
    ("function", "code", "verdict", "diagnosis", "evidence"),
    [
        ("relu", "def relu(x): pass", Verdict.WRONG, "UNFINISHED", {"returned": "None"}),
        ("relu", "def relu(x): raise NotImplementedError", Verdict.RAISED, "UNFINISHED", {}),
        (
            "relu",
            "def relu(x):\n    raise ValueError('<b>no</b>')",
            Verdict.RAISED,
            "RAISED",
            {"exception": "ValueError", "message": "<b>no</b>"},
        ),
        (
            "relu",
            "def relu(x, y): return x",
            Verdict.RAISED,
            "ARITY",
            {"parameters": ["x", "y"], "asked": ["x"]},
        ),
        (
            "compute_layer",
            "def compute_layer(x, w): return x @ w",
            Verdict.RAISED,
            "ARITY",
            {"parameters": ["x", "w"], "asked": ["x", "w", "b"]},
        ),
        ("relu", "def relu(x): return (row for row in x)", Verdict.WRONG, "RESULT_TYPE", {"returned": "generator"}),
        ("relu", "def relu(x): return x * 1j", Verdict.WRONG, "RESULT_TYPE", {"tensor": "a"}),
        ("relu", "def relu(x): return [[1.0], [1.0, 2.0]]", Verdict.WRONG, "RESULT_TYPE", {"returned": "list"}),
        ("relu", "def relu(x): return str(x)", Verdict.WRONG, "RESULT_TYPE", {"returned": "str"}),
        (
            "backward_prop",
            "def backward_prop(x, target, w_h, b_h, w_o, b_o): return w_h, b_h",
            Verdict.WRONG,
            "RESULT_COUNT",
            {"returned": 2, "expected": 4},
        ),
        (
            "backward_prop",
            "def backward_prop(x, target, w_h, b_h, w_o, b_o): return {'dW_h': w_h, 'db_h': b_h, 'dW': w_o}",
            Verdict.WRONG,
            "KEYS",
            {"missing": ["dW_o", "db_o"], "found": ["dW", "dW_h", "db_h"]},
        ),
        ("relu", "def relu(x): return x * np.nan", Verdict.WRONG, "NOT_FINITE", {"nan_at": [0, 0], "value": "nan"}),
        ("relu", "def relu(x): return x / 0", Verdict.WRONG, "NOT_FINITE", {"nan_at": [0, 0], "value": "-inf"}),
        ("relu", "def relu(x): return x.T", Verdict.WRONG, "TRANSPOSED", {"shape": [5, 7], "expected": [7, 5]}),
        ("average_ce", "def average_ce(t, p): return p[:, 0]", Verdict.WRONG, "SHAPE", {"shape": [7], "expected": []}),
        (
            "relu",
            "def relu(x):\n    x[x < 0] = 0\n    return x",
            Verdict.WRONG,
            "MUTATES_INPUT",
            {"argument": "x"},
        ),
        (
            "relu",
            "def relu(x):\n    r = np.maximum(x, 0)\n    if len(x) != 7: x[:] = 0\n    return r",
            Verdict.WRONG,
            "MUTATES_INPUT",
            {"argument": "x"},
        ),
        *(
            (
                "relu",
                f"seen = set()\ndef relu(x):\n    r, key = np.maximum(x, 0), {key}\n    if key in seen: x[:] = 0\n"
                "    seen.add(key)\n    return r",
                Verdict.WRONG,
                "MUTATES_INPUT",
                {"argument": "x"},
            )
            for key in ("x.tobytes()", "x.shape")  # numbers that came before, and others of the same shape
        ),
        (
            "compute_layer",
            "def compute_layer(x, w, b):\n    z = x @ w + b\n    b += 1\n    return z",
            Verdict.WRONG,
            "MUTATES_INPUT",
            {"argument": "b"},
        ),
        (
            "relu",
            "kept = {}\ndef relu(x):\n    a = kept.setdefault(x.shape, np.empty(x.shape))\n"
            "    a[:] = np.maximum(x, 0)\n    return a",
            Verdict.WRONG,
            "SHARED_RESULT",
            {"tensor": "a"},
        ),
        (
            "backward_prop",
            "right, kept = backward_prop, {}\ndef backward_prop(*a):\n    p, q, r, s = right(*a)\n"
            "    kept.setdefault(r.shape, np.empty(r.shape))[:] = r\n    return p, q, kept[r.shape], s",
            Verdict.WRONG,
            "SHARED_RESULT",
            {"tensor": "dW_o"},
        ),
        (
            "relu",
            "def relu(x): return np.maximum(x, 0) + np.random.rand()",
            Verdict.WRONG,
            "NOT_DETERMINISTIC",
            {"tensor": "a"},
        ),
        (
            "relu",
            "kept = {}\ndef relu(x):\n    if kept.get('of') != x.shape: kept.update(of=x.shape, a=np.maximum(x, 0))\n"
            "    return kept['a']",
            Verdict.WRONG,
            "NOT_DETERMINISTIC",
            {"tensor": "a"},
        ),
        (
            "relu",
            "calls = []\ndef relu(x):\n    calls.append(1)\n    return x * len(calls)",
            Verdict.WRONG,
            "NOT_DETERMINISTIC",
            {"tensor": "a"},
        ),
    ],
)
def test_a_broken_contract_is_named(
    function: str, code: str, verdict: Verdict, diagnosis: str, evidence: dict[str, object], examine: Examine
) -> None:
    result = examine("contract", function, code).result

    assert result.verdict is verdict
    assert result.points.given == 0
    assert result.diagnosis is not None
    assert result.diagnosis.code == diagnosis
    assert evidence.items() <= result.diagnosis.evidence.items()


@pytest.mark.parametrize(
    "code",
    [
        "def softmax(z):\n    assert z.shape[1] == 10\n    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
        "def softmax(z): return np.full(z.shape, 0.1 if z.shape == (7, 10) else np.nan)",
    ],
)
def test_what_is_answered_at_other_sizes_is_for_other_checks(code: str, examine: Examine) -> None:
    assert examine("contract", "softmax", code).result.verdict is Verdict.PASSED


def test_a_missing_function_is_missing_and_the_nearest_name_is_said(examine: Examine) -> None:
    result = examine("contract", "softmax", "def soft_max_rows(x): return x\ndef relu(x): return x", alone=True).result

    assert result.verdict is Verdict.MISSING
    assert result.points.given == 0
    assert result.diagnosis is not None
    assert result.diagnosis.evidence == {"name": "softmax", "nearest": "soft_max_rows"}


def test_the_line_that_raised_is_kept(examine: Examine) -> None:
    result = examine(
        "contract", "relu", "import numpy as np\ndef relu(x):\n    y = x\n    return y @ y", alone=True
    ).result

    assert result.lines == (4, 4)
    assert result.exception is not None
    assert result.exception.startswith("ValueError: matmul")


def test_a_type_error_inside_is_no_arity(examine: Examine) -> None:
    result = examine("contract", "relu", "def relu(x): return len(3)").result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "RAISED"


@pytest.mark.parametrize(
    ("function", "parameters", "code"),
    [
        ("compute_layer", "w, x, b", "ARITY"),
        ("backward_prop", "target, prediction, x, z_h, a_h, w_o", "ARITY"),
        ("backward_prop", "x, target, w_h, b_h, w_o, b_o", "RAISED"),
        ("backward_prop", "inputs, labels, W1, b1, W2, b2", "RAISED"),
    ],
)
def test_what_raises_with_its_arguments_in_another_order_is_told_the_order(
    function: str, parameters: str, code: str, examine: Examine
) -> None:
    result = examine("contract", function, f"def {function}({parameters}): return np.zeros(2) + np.zeros(3)").result

    assert result.diagnosis is not None
    assert result.diagnosis.code == code


@pytest.mark.parametrize(
    ("code", "notes"),
    [
        ("def compute(Weight, Input, Bias): return Input @ Weight + Bias", ["SPELLING", "ARGUMENT_ORDER"]),
        ("def computeLayer(b, X, W): return X @ W + b", ["SPELLING", "ARGUMENT_ORDER"]),
        ("def computeLayer(X, W, b): return X @ W + b", ["SPELLING"]),
        ("def compute(u, v, s): return u @ v + s", ["SPELLING"]),
    ],
)
def test_under_an_earlier_name_parameters_tell_their_order(code: str, notes: list[str], examine: Examine) -> None:
    source = f"import numpy as np\n{code}"
    finding = examine("contract", "compute_layer", source, alone=True)

    assert finding.result.verdict is Verdict.PASSED
    assert [note.code for note in finding.notes] == notes
    assert examine("forward", "compute_layer", source, alone=True).result.verdict is Verdict.PASSED


def test_an_argument_that_is_changed_is_named_as_it_is_asked_whatever_the_order(examine: Examine) -> None:
    source = "import numpy as np\ndef compute(W, X, b):\n    z = X @ W + b\n    X[:] = 0\n    return z"
    found = examine("contract", "compute_layer", source, alone=True).result.diagnosis

    assert found is not None
    assert (found.code, found.evidence["argument"]) == ("MUTATES_INPUT", "x")


@pytest.mark.parametrize(
    ("function", "code", "notes"),
    [
        ("relu", "def relu(x): return np.maximum(x, 0).astype(np.float32)", ["FLOAT32"]),
        ("relu", "def relu(x): return np.maximum(x, 0).tolist()", ["LIST_RESULT"]),
        ("average_ce", "def average_ce(t, p): return np.array([[1.0]])", ["HARMLESS_SHAPE"]),
        ("relu", "def relu(x, slope=0): return x", []),
        ("relu", "kept = {}\ndef relu(x): return kept.setdefault(x.tobytes(), np.maximum(x, 0))", []),
        ("relu", "def relu(*x): return x[0]", []),
    ],
)
def test_what_is_harmless_is_accepted_with_a_note(function: str, code: str, notes: list[str], examine: Examine) -> None:
    finding = examine("contract", function, code)

    assert finding.result.verdict is Verdict.PASSED
    assert [note.code for note in finding.notes] == notes


def test_flat_bias_gradients_are_harmless(examine: Examine) -> None:
    finding = examine(
        "contract",
        "backward_prop",
        """
        rows = backward_prop
        def backward_prop(x, target, w_h, b_h, w_o, b_o):
            dW_h, db_h, dW_o, db_o = rows(x, target, w_h, b_h, w_o, b_o)
            return dW_h, db_h[0], dW_o, db_o[0]
        """,
    )

    assert finding.result.verdict is Verdict.PASSED
    assert [(note.code, note.evidence["tensor"]) for note in finding.notes] == [
        ("HARMLESS_SHAPE", "db_h"),
        ("HARMLESS_SHAPE", "db_o"),
    ]


def test_another_spelling_counts_and_is_noted(examine: Examine) -> None:
    finding = examine("contract", "relu", "import numpy as np\ndef ReLU(x): return np.maximum(x, 0)", alone=True)

    assert finding.result.verdict is Verdict.PASSED
    assert [note.evidence for note in finding.notes] == [{"asked": "relu", "found": "ReLU"}]


def test_columns_are_examined_as_columns(examine: Examine) -> None:
    code = "def compute_layer(x, w, b): return w @ x + b"

    assert examine("contract", "compute_layer", code, way=Layout.COLUMNS).result.verdict is Verdict.PASSED
    assert examine("contract", "compute_layer", code).result.verdict is Verdict.RAISED


@pytest.mark.parametrize("verdict", sorted(ENDED))
def test_an_ending_is_the_verdict(verdict: Verdict, examine: Examine) -> None:
    result = examine("contract", "relu", relu=Stopped(verdict, "what happened")).result

    assert result.verdict is verdict
    assert result.points.given == 0
    assert result.diagnosis is not None
    assert (result.diagnosis.code, result.diagnosis.evidence) == (verdict.name, {"detail": "what happened"})


def test_a_name_set_by_a_statement_that_is_not_run_is_told_with_its_line() -> None:
    source = "import numpy as np\n\ndef make():\n    return open('relu.npy')\n\nrelu = make()\n"
    folder = Catalog.builtin().get("ece421-numpy-nn")

    report = grade(folder, upload(source), UnsafeSandbox(), "public:1")

    check = report.parts[0].checks[0]
    assert check.verdict is Verdict.MISSING
    assert check.diagnosis is not None
    assert check.diagnosis.evidence == {"name": "relu", "nearest": None, "set_on": 6}
    assert sentence(check) == "relu is set on line 6 by a statement that is not run: write it with def."


def test_a_raise_in_another_graded_function_names_that_one(examine: Examine) -> None:
    code = (
        "def compute_layer(x, w, b): return x * w + b\ndef forward_prop(x, a, b, c, d): return compute_layer(x, a, b)"
    )

    finding = examine("forward", "forward_prop", code, alone=True)

    assert finding.result.verdict is Verdict.RAISED
    assert finding.result.diagnosis is not None
    assert finding.result.diagnosis.code == "RAISED_IN"
    assert finding.result.diagnosis.evidence["other"] == "compute_layer"
