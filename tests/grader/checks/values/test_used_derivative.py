"""The derivative a student used: measured in layers and in hidden layers, on files with one mistake each."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from grader.audit.training import untrained
from grader.grade import grade
from grader.report import CheckResult, Report, UsedDerivative
from reference.catalog import AssignmentFolder, Catalog
from reference.layers import ACTIVATIONS, Sigmoid
from reference.spec import Gradient
from tests.fakes.in_process import InProcessSandbox, upload

CATALOG = Catalog.builtin()
LAYERS, NETWORK, COST, LOSS, DEEP = (
    "hw2-layers-mlp",
    "ece421-numpy-nn",
    "aarhus-net-classifier",
    "cs231n-two-layer",
    "ece544-mlp",
)
RELU_BACK, SIGMOID_BACK = "return delta * (self.Input > 0)", "return delta * self.output * (1 - self.output)"
HIDDEN = {
    NETWORK: "d_h = (d_o @ w_o.T) * (z_h > 0)",
    COST: "delta1 = (delta2 @ W2.T) * (z1 > 0)",
    LOSS: "delta1 = (delta2 @ W2.T) * (z1 > 0)",
    DEEP: "a, z = inputs[i - 1], pre[i - 2]",
}
SLOPES = 'slope = {"relu": z > 0, "sigmoid": a * (1 - a), "tanh": 1 - a**2}[act]'


@cache
def gradients_of(slug: str) -> AssignmentFolder:
    """The assignment with the parts that have a gradient, and without its trainings."""
    folder = untrained(CATALOG.get(slug))
    parts = tuple(p for p in folder.assignment.parts if any(isinstance(check, Gradient) for check in p.checks))
    return replace(folder, assignment=replace(folder.assignment, parts=parts))


def graded(slug: str, source: str, seed: str = "public:1") -> Report:
    return grade(gradients_of(slug), upload(source), InProcessSandbox(), seed)


def checks(report: Report) -> list[CheckResult]:
    return [check for part in report.parts for check in part.checks]


def changed(slug: str, before: str, after: str, seed: str = "public:1") -> dict[str, UsedDerivative]:
    """What is told of the solution with one change, by the name of the function."""
    source = CATALOG.get(slug).solution
    assert before in source
    found = checks(graded(slug, source.replace(before, after), seed))
    assert any(check.kind == "gradient" and check.points.given < check.points.maximum for check in found)
    return {check.function: check.derivative for check in found if check.derivative}


def follows(used: UsedDerivative, formula: Callable[[np.ndarray], np.ndarray]) -> bool:
    """Whether the student's points are those of a formula and the right ones those of the activation."""
    x, yours, right = np.array([(point.x, point.yours, point.right) for point in used.points]).T
    expected = np.asarray(formula(x), dtype=np.float64)
    return np.allclose(yours, expected, atol=1e-4) and np.allclose(
        right, ACTIVATIONS[used.activation]().derivative(x), atol=1e-5
    )


@pytest.mark.parametrize("seed", ["public:1", "secret:ab"])
@pytest.mark.parametrize(
    ("after", "formula"),
    [
        ("return delta", np.ones_like),
        ("return delta * (self.Input <= 0)", lambda x: x <= 0),
        ("return delta * self.Input * (self.Input > 0)", lambda x: np.maximum(x, 0)),
        ("return delta * np.where(self.Input > 0, 1, 0.01)", lambda x: np.where(x > 0, 1, 0.01)),
        ("return -delta * (self.Input > 0)", lambda x: -1.0 * (x > 0)),
        ("return (delta * (self.Input <= 0)).astype(np.float32)", lambda x: x <= 0),
    ],
)
def test_a_relu_layer(after: str, formula: Callable[[np.ndarray], np.ndarray], seed: str) -> None:
    found = changed(LAYERS, RELU_BACK, after, seed)

    assert list(found) == ["ReLULayer"]
    used = found["ReLULayer"]
    assert (used.activation, used.tensor, used.at) == ("relu", "dX", "X")
    assert len(used.points) >= 40
    assert follows(used, formula)


@pytest.mark.parametrize(
    ("after", "formula"),
    [
        (
            "s = 1 / (1 + np.exp(-self.output)); return delta * s * (1 - s)",
            lambda x: Sigmoid().derivative(Sigmoid().value(x)),
        ),
        ("return delta * self.output", lambda x: Sigmoid().value(x)),
        ("return delta * (1 - self.output**2)", lambda x: 1 - Sigmoid().value(x) ** 2),
        ("return delta", np.ones_like),
    ],
)
def test_a_sigmoid_layer(after: str, formula: Callable[[np.ndarray], np.ndarray]) -> None:
    found = changed(LAYERS, SIGMOID_BACK, after)

    assert list(found) == ["SigmoidLayer"]
    assert follows(found["SigmoidLayer"], formula)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("return self.Input > 0", id="the upstream gradient is ignored"),
        pytest.param("return np.maximum(delta, 0)", id="of the upstream gradient"),
        pytest.param("return delta * (self.Input > 0) / len(delta)", id="divided by the batch"),
        pytest.param("return delta * (self.Input > self.Input.mean())", id="of the whole batch"),
        pytest.param("return delta * (self.Input > 0) * np.arange(delta.size).reshape(delta.shape)", id="of the place"),
        pytest.param("return delta * np.random.rand(*delta.shape)", id="at random"),
        pytest.param("return delta[:1] * (self.Input[:1] > 0)", id="another shape"),
        pytest.param("return np.zeros_like(delta)", id="nothing"),
        pytest.param("return np.full_like(delta, np.nan)", id="no number"),
        pytest.param("return None", id="none"),
        pytest.param("raise ValueError", id="an exception"),
    ],
)
def test_what_is_no_function_of_the_input_alone_is_not_told(after: str) -> None:
    assert changed(LAYERS, RELU_BACK, after) == {}


@pytest.mark.parametrize("slug", [NETWORK, COST, LOSS])
@pytest.mark.parametrize(
    ("mask", "formula"),
    [
        ("1", np.ones_like),
        ("({z} <= 0)", lambda z: z <= 0),
        ("{z} * ({z} > 0)", lambda z: np.maximum(z, 0)),
        ("(1 - np.maximum({z}, 0)**2)", lambda z: 1 - np.maximum(z, 0) ** 2),
    ],
)
def test_the_hidden_layer_of_a_network(slug: str, mask: str, formula: Callable[[np.ndarray], np.ndarray]) -> None:
    z = "z_h" if slug == NETWORK else "z1"
    found = changed(slug, HIDDEN[slug], HIDDEN[slug].replace(f"({z} > 0)", mask.format(z=z)))

    (used,) = found.values()
    assert (used.activation, used.at) == ("relu", z)
    assert len(used.points) >= 16
    assert follows(used, formula)


@pytest.mark.parametrize(
    ("after", "formulas"),
    [
        ("slope = 1.0", {"relu": np.ones_like, "sigmoid": np.ones_like, "tanh": np.ones_like}),
        (SLOPES.replace("1 - a**2", "1 - z**2"), {"tanh": lambda z: 1 - z**2}),
        (SLOPES.replace("1 - a**2", "1 / np.cosh(a)**2"), {"tanh": lambda z: 1 / np.cosh(np.tanh(z)) ** 2}),
        (SLOPES.replace("a * (1 - a)", "z * (1 - z)"), {"sigmoid": lambda z: z * (1 - z)}),
    ],
)
def test_a_perceptron_of_any_depth(after: str, formulas: dict[str, Callable[[np.ndarray], np.ndarray]]) -> None:
    found = changed(DEEP, SLOPES, after)

    assert {name.split("_")[1] for name in found} == set(formulas)
    assert {name.split("_")[2] for name in found} == {"1", "2"}
    assert all(follows(used, formulas[used.activation]) for used in found.values())
    assert {used.at for name, used in found.items() if name.endswith("2")} == {"z2"}


def test_of_two_hidden_layers_the_one_that_is_wrong_is_shown() -> None:
    found = changed(DEEP, SLOPES, SLOPES + "\n            slope = slope if i > 2 else 1.0")

    assert {(used.tensor, used.at) for used in found.values()} == {("d_W1", "z1")}


def test_a_mistake_above_makes_nothing_wrong_below() -> None:
    before = CATALOG.get(NETWORK).solution
    source = before.replace("d_o = (p - target) / len(x)", "d_o = target - p").replace("(z_h > 0)", "(z_h <= 0)")
    (used,) = [check.derivative for check in checks(graded(NETWORK, source)) if check.derivative]

    assert follows(used, lambda z: z <= 0)
    assert changed(NETWORK, "d_o = (p - target) / len(x)", "d_o = target - p") == {}


@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [
        (NETWORK, "(d_o @ w_o.T) * (z_h > 0)", "(d_o @ (a_h.T @ d_o).T) * (z_h > 0)"),
        (NETWORK, "(d_o @ w_o.T) * (z_h > 0)", "np.maximum(d_o @ w_o.T, 0)"),
        (NETWORK, "(d_o @ w_o.T) * (z_h > 0)", "2 * (d_o @ w_o.T) * (z_h > 0)"),
        (NETWORK, "(d_o @ w_o.T) * (z_h > 0)", "(d_o @ w_o.T) * (x @ w_h > 0)"),
        (NETWORK, "(d_o @ w_o.T) * (z_h > 0)", "(d_o @ w_o.T) * (z_h > 0) / x.shape[1]"),
        (NETWORK, "(d_o @ w_o.T) * (z_h > 0)", "(d_o @ w_o.T) * (z_h > z_h.mean())"),
        (NETWORK, "return x.T @ d_h,", "return -x.T @ d_h,"),
        (NETWORK, "return x.T @ d_h,", "return (x + 1).T @ d_h,"),
        (NETWORK, "return x.T @ d_h,", "return d_h.T @ x,"),
        (NETWORK, "return x.T @ d_h,", "return np.zeros_like(w_h),"),
        (COST, "d_w1 = X.T @ delta1 + 2 * reg * W1", "d_w1 = X.T @ delta1 + 0.1 * W1"),
        (LOSS, "d_b1 = delta1.sum(axis=0)", "d_b1 = delta1.mean(axis=0)"),
    ],
)
def test_another_mistake_of_a_network_is_no_derivative(slug: str, before: str, after: str) -> None:
    assert changed(slug, before, after) == {}


@pytest.mark.parametrize("slug", CATALOG.slugs())
def test_right_files_and_starters_have_none(slug: str) -> None:
    folder = gradients_of(slug)
    for source in (folder.solution, folder.starter):
        assert not [check for check in checks(graded(slug, source)) if check.derivative]


SHOWN = {
    LAYERS: {"ACT_DERIV_IS_VALUE", "ACT_DERIV_OF_PREACT", "RELU_MASK_MISSING"},
    NETWORK: {"RELU_BACKWARD_USES_OUTPUT", "RELU_MASK_INVERTED", "RELU_MASK_MISSING"},
}


@pytest.mark.parametrize("slug", SHOWN)
def test_of_the_planted_mistakes_those_of_a_derivative_have_one(slug: str) -> None:
    found = {stem: checks(graded(slug, source)) for stem, source in CATALOG.get(slug).mistakes.items()}

    assert {stem for stem, each in found.items() if any(check.derivative for check in each)} == SHOWN[slug]
