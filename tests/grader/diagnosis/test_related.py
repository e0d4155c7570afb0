"""A wrong tensor that is a function of the right one is described as such; what agrees by chance is not."""

from collections.abc import Callable

import numpy as np
import pytest

from grader.checks.subject import Finding
from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair, Relation, relation
from grader.diagnosis.relations import RELATIONS
from grader.probes import Probe
from grader.sandbox import Returned

Examine = Callable[..., Finding]

SOFTMAX = "e = np.exp(z - z.max(axis=1, keepdims=True)); p = e / e.sum(axis=1, keepdims=True)"


def _found(examine: Examine, kind: str, function: str, code: str) -> tuple[str, object]:
    diagnosis = examine(kind, function, code).result.diagnosis
    assert diagnosis is not None
    return diagnosis.code, diagnosis.evidence.get("found")


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("p[:, ::-1]", "the right p with its columns in reverse order"),
        ("np.cumsum(p, axis=1)", "the running sum of the right p along each row"),
        ("np.sort(p, axis=1)", "the right p with each row sorted"),
        ("np.clip(p, 0.15, None)", "the right p cut to at least 0.15"),
        ("np.where(p < 0.05, 0, p)", "the right p with entries below about 0.05 set to 0"),
        ("p.astype(np.float16)", "the right p in half precision (float16)"),
        ("p ** 1.5", "the right p ** 1.5"),
        ("0.7 * p + 0.3 / p.shape[1]", "0.7 * the right p + 0.3 / C"),
        ("p * len(p) / p.shape[1]", "the right p * N / C"),
        ("np.where(np.arange(len(p))[:, None] % 2 == 1, 0, p)", None),
    ],
)
def test_what_was_done_to_a_softmax_is_told(after: str, found: str | None, examine: Examine) -> None:
    told = _found(examine, "forward", "softmax", f"def softmax(z): {SOFTMAX}; return {after}")

    assert told == (
        "OTHER_FORMULA",
        found or "the right p with 0 in every second row, from the second",
    )


LOSS = "-np.sum((0.8 * t + 0.2 / t.shape[1]) * np.log(p)) / len(t)"
GRADIENT = "(softmax(z) - 0.8 * t - 0.2 / t.shape[1]) / len(t)"
TIMES_LOSS = "average_ce(t, softmax(z)) * (softmax(z) - t) / len(t)"


@pytest.mark.parametrize(
    ("kind", "function", "code", "told"),
    [
        ("forward", "relu", "(x): return np.maximum(x + 0.7, 0)", "max(x +0.7, 0)"),
        ("forward", "relu", "(x): return np.where(x > 0, x, 0.02)", "x where x > 0, else 0.02"),
        ("forward", "relu", "(x): return np.maximum(x, 0) ** 3", "the right a ** 3"),
        ("forward", "compute_layer", "(x, w, b): return x @ w + 0.3 * b", "the right z -0.7 * b"),
        ("forward", "compute_layer", "(x, w, b): return np.round(x @ w, 3) + b", "x @ w rounded to 3 places"),
        ("forward", "average_ce", f"(t, p): return {LOSS}", "0.8 * the right loss + 0.2 * the loss for equal labels"),
        ("gradient", "grad_ce", f"(t, z): return {GRADIENT}", "0.8 * the target + 0.2 / C"),
        ("gradient", "grad_ce", f"(t, z): return {TIMES_LOSS}", "the right d_logits * the loss"),
    ],
)
def test_constants_are_read_from_the_numbers(kind: str, function: str, code: str, told: str, examine: Examine) -> None:
    assert _found(examine, kind, function, f"def {function}{code}") == ("OTHER_FORMULA", told)


def test_a_slope_of_any_size_is_named(examine: Examine) -> None:
    told = _found(examine, "forward", "relu", "def relu(x): return np.where(x > 0, x, 0.07 * x)")

    assert told == ("RELU_LEAKY", "max(x, 0.07 * x)")


def test_each_tensor_has_its_own_sentence(examine: Examine) -> None:
    code = """
    def forward_prop(x, w, b, v, c):
        z = x @ w + b
        o = np.maximum(z, 0) @ v + c
        return z ** 3, np.maximum(z, 0), o, softmax(o)[:, ::-1]
    """
    found = examine("forward", "forward_prop", code).result.diagnosis

    assert found is not None
    also = found.evidence["also"]
    assert isinstance(also, list)
    assert [(found.evidence["found"], found.evidence["wrong"])] == [("the right z_h ** 3", ["z_h"])]
    assert [each["found"] for each in also if isinstance(each, dict)][
        -1
    ] == "the right p with its columns in reverse order"


@pytest.mark.parametrize(
    "code",
    [
        "def softmax(z): return np.sin(z ** 2 + 1)",
        "def softmax(z): return np.full(z.shape, 0.3)",
        f"def softmax(z): {SOFTMAX}; return p ** (2 if len(z) == 5 else 3)",
        f"def softmax(z): {SOFTMAX}; return p / len(p) if len(p) > 1 else 3 * p",
        f"def softmax(z): {SOFTMAX}; return p + np.random.default_rng(0).normal(size=p.shape)",
    ],
)
def test_what_has_no_relation_is_given_none(code: str, examine: Examine) -> None:
    assert _found(examine, "forward", "softmax", code)[0] in {"UNKNOWN", "BATCH_ORDER"}


def _pair(yours: FloatArray, right: FloatArray) -> Pair:
    probe = Probe("scale 1", 1.0, {"N": len(right), "C": right.shape[-1]}, {})
    return Pair(Outcome(probe, Returned({}), None, {"y": right}, {}, {}), yours, right)


def _strangers(seed: int) -> Relation | None:
    rng = np.random.default_rng(seed)
    pairs = [_pair(rng.normal(size=shape), rng.normal(size=shape)) for shape in ((5, 3), (7, 10), (1, 2))]
    return relation("y", pairs, pairs, RELATIONS)


def test_strangers_are_never_related() -> None:
    assert not [found for seed in range(300) if (found := _strangers(seed))]


def test_two_numbers_alone_carry_no_constant() -> None:
    pairs = [_pair(np.array([2.0]), np.array([3.0])), _pair(np.array([5.0]), np.array([7.0]))]

    assert relation("y", pairs, pairs, RELATIONS) is None


def test_a_formula_must_hold_where_the_result_is_right_too() -> None:
    rng = np.random.default_rng(0)
    wrong = [_pair(right / len(right), right) for right in (rng.normal(size=(5, 3)), rng.normal(size=(7, 10)))]
    agreeing = _pair(*[rng.normal(size=(3, 4))] * 2)
    found = relation("y", wrong, wrong, RELATIONS)

    assert found is not None
    assert found.found == "y / N"
    assert relation("y", [*wrong, agreeing], wrong, RELATIONS) is None


def test_tensors_with_the_same_factor_share_a_sentence(examine: Examine) -> None:
    code = """
    f = backward_prop
    def backward_prop(*a):
        p, q, r, s = f(*a)
        return p * 0.7, q * 7 / 10, r / (1 / 0.7), s * 0.7
    """
    found = examine("gradient", "backward_prop", code).result.diagnosis

    assert found is not None
    assert (found.code, found.evidence["factor"]) == ("FACTOR", 0.7)
    assert "also" not in found.evidence


def test_that_the_right_result_would_be_right_is_no_advice(examine: Examine) -> None:
    whole = examine("forward", "softmax", f"def softmax(z): {SOFTMAX}; return p[:, ::-1]").result.diagnosis
    term = examine("gradient", "grad_ce", f"def grad_ce(t, z): return {GRADIENT}").result.diagnosis

    assert whole is not None
    assert term is not None
    assert (whole.counterfactual, term.counterfactual) == (None, "the target")


def _given(make: Callable[..., FloatArray], right: Callable[..., FloatArray], **shapes: tuple[str, ...]) -> list[Pair]:
    """Pairs of three probes whose arguments have these axes: what is made of them, and what is right."""
    rng, pairs = np.random.default_rng(3), []
    for sizes in ({"N": 5, "D": 9}, {"N": 7, "D": 13}, {"N": 4, "D": 8}):
        arguments = {name: np.asarray(rng.normal(size=[sizes[a] for a in axes])) for name, axes in shapes.items()}
        probe = Probe("scale 1", 1.0, sizes, arguments)
        asked = right(**arguments)
        pairs.append(Pair(Outcome(probe, Returned({}), None, {"y": asked}, {}, {}), make(**arguments), asked))
    return pairs


MATRIX, NUMBER, SIGNAL = ("N", "D"), (), ("D",)


@pytest.mark.parametrize(
    ("make", "right", "shapes", "found"),
    [
        (lambda d, x: d * np.sign(x), lambda d, x: d * (x > 0), {"d": MATRIX, "x": MATRIX}, "d * (the sign of x)"),
        (lambda x: np.arctan(x), lambda x: np.maximum(x, 0), {"x": MATRIX}, "arctan(x)"),
        (
            lambda w, g, lr: (1 - lr) * w - lr * g,
            lambda w, g, lr: w - lr * g,
            {"w": MATRIX, "g": MATRIX, "lr": NUMBER},
            "y - lr * w",
        ),
        (lambda x: 0 * x + x.mean(), lambda x: 1 * x, {"x": MATRIX}, "the mean of all of y"),
    ],
)
def test_what_is_made_of_the_arguments_is_told(
    make: Callable[..., FloatArray],
    right: Callable[..., FloatArray],
    shapes: dict[str, tuple[str, ...]],
    found: str,
) -> None:
    pairs = _given(make, right, **shapes)
    told = relation("y", pairs, pairs, RELATIONS)

    assert told is not None
    assert told.found == found


def _kernel(x: FloatArray, w: FloatArray) -> FloatArray:
    return np.convolve(x, w[:3], "same")


def test_a_signal_is_told_by_its_shifted_copies() -> None:
    pairs = _given(lambda x, w: w[0] * np.r_[x[1:], 0] - np.r_[0, 0, x[:-2]] * w[2], _kernel, x=SIGNAL, w=("D",))
    for pair in pairs:
        object.__setattr__(pair.outcome.probe, "arguments", {**pair.given, "w": pair.given["w"][:3]})
    told = relation("y", pairs, pairs, RELATIONS)

    assert told is not None
    assert told.found == "x[i-2] * -w[2] + x[i+1] * w[0]"


def test_one_wrong_probe_is_too_little() -> None:
    right = np.random.default_rng(0).normal(size=(5, 3))
    pairs = [_pair(right**2, right)]

    assert relation("y", pairs, pairs, RELATIONS) is None
    assert relation("y", pairs * 2, pairs * 2, RELATIONS) is not None
