"""A law holds for what keeps it and varies; zeros, constants and answers that ignore their input show nothing."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.batch_laws import has_batch
from grader.laws import LAWS
from grader.seeds import generator
from reference.catalog import Catalog
from reference.softmax import softmax_jacobian
from reference.spec import Draw, Function

Array = NDArray[np.float64]
FOLDER = Catalog.builtin().get("ece544-derivatives")
JACOBIAN, POOL = (FOLDER.assignment.function(name) for name in ("softmax_jacobian", "avg_pool1d_backward"))
FIXED = np.diag([1.0, 2.0, 3.0]) - np.outer([1.0, 2.0, 3.0], [1 / 3] * 3)  # rows sum to zero, whatever z is


def _holds(law: str, function: Function, body: Callable[..., Array]) -> bool:
    probes = LAWS[law].probes(function, generator("public:1", law))
    name = function.results[0].name
    return LAWS[law].holds([{name: body(*probe.arguments.values())} for probe in probes])


def _right(dy: Array, n: Array, W: Array) -> Array:
    return np.asarray(FOLDER.answers["avg_pool1d_backward"](dy, n.item(), W.item()))


@pytest.mark.parametrize(
    ("law", "function", "body", "expected"),
    [
        ("rows_sum_to_zero", JACOBIAN, softmax_jacobian, True),
        ("rows_sum_to_zero", JACOBIAN, lambda z: -3 * softmax_jacobian(z), True),
        ("rows_sum_to_zero", JACOBIAN, lambda z: np.diag(z), False),
        ("rows_sum_to_zero", JACOBIAN, lambda z: np.zeros((3, 3)), False),
        ("rows_sum_to_zero", JACOBIAN, lambda z: FIXED, False),
        ("rows_sum_to_zero", JACOBIAN, lambda z: softmax_jacobian(z) * np.nan, False),
        ("shift_invariance", JACOBIAN, lambda z: np.outer(z - z.mean(), z - z.max()), True),
        ("shift_invariance", JACOBIAN, lambda z: np.outer(z, z), False),
        ("shift_invariance", JACOBIAN, lambda z: FIXED, False),
        ("linear_in_upstream", POOL, _right, True),
        ("linear_in_upstream", POOL, lambda dy, n, W: -2 * _right(dy, n, W), True),
        ("linear_in_upstream", POOL, lambda dy, n, W: _right(np.abs(dy), n, W), False),
        ("linear_in_upstream", POOL, lambda dy, n, W: np.clip(_right(dy, n, W), -0.2, 0.2), False),
        ("linear_in_upstream", POOL, lambda dy, n, W: _right(dy, n, W) + 1, False),
        ("linear_in_upstream", POOL, lambda dy, n, W: np.arange(11.0), False),
        ("linear_in_upstream", POOL, lambda dy, n, W: np.zeros(11), False),
    ],
)
def test_laws(law: str, function: Function, body: Callable[..., Array], expected: bool) -> None:
    assert _holds(law, function, body) is expected


NETWORK = Catalog.builtin().get("ece421-numpy-nn").assignment
SOFTMAX, LOSS, GRADIENT = (NETWORK.function(name) for name in ("softmax", "average_ce", "grad_ce"))


def _softmax(z: Array) -> Array:
    return np.asarray(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))


@pytest.mark.parametrize(
    ("law", "function", "body", "expected"),
    [
        ("batch_order", SOFTMAX, _softmax, True),
        ("batch_order", SOFTMAX, lambda z: z - z.mean(axis=0), True),
        ("batch_order", SOFTMAX, lambda z: np.cumsum(z, axis=0), False),
        ("batch_order", LOSS, lambda t, p: np.sum(t * p), True),
        ("batch_order", LOSS, lambda t, p: np.sum((t * p)[:-1]), False),
        ("batch_parts", SOFTMAX, _softmax, True),
        ("batch_parts", SOFTMAX, lambda z: 3 * z**2, True),
        ("batch_parts", SOFTMAX, lambda z: z - z.mean(axis=0), False),
        ("batch_parts", SOFTMAX, lambda z: z / np.abs(z).max(), False),
        ("batch_parts", SOFTMAX, lambda z: z * np.nan, False),
        ("batch_parts", LOSS, lambda t, p: np.sum(t * p) ** 2, False),
        ("batch_sum", SOFTMAX, lambda z: z - z.mean(axis=0), False),
        ("batch_sum", LOSS, lambda t, p: np.sum(t * p), True),
        ("batch_sum", LOSS, lambda t, p: np.mean(t * p), True),
        ("batch_sum", LOSS, lambda t, p: np.sum(t * p) / (len(t) - 1), True),
        ("batch_sum", LOSS, lambda t, p: np.sum(t * p) ** 2, False),
        ("batch_sum", LOSS, lambda t, p: np.sum(t * p) * np.nan, False),
        ("batch_sum", LOSS, lambda t, p: np.std(t * p), False),
        ("batch_parts", GRADIENT, lambda t, z: (_softmax(z) - t) / len(t), True),
        ("batch_parts", GRADIENT, lambda t, z: _softmax(z) - t, True),
        ("batch_parts", GRADIENT, lambda t, z: (_softmax(z) - t) / len(t) ** 2, True),
        ("batch_parts", GRADIENT, lambda t, z: np.tanh((_softmax(z) - t) / len(t)), True),
        ("batch_parts", GRADIENT, lambda t, z: (_softmax(z) - t) * np.sum(t * z), False),
    ],
)
def test_laws_of_the_batch(law: str, function: Function, body: Callable[..., Array], expected: bool) -> None:
    assert _holds(law, function, lambda *arguments: np.asarray(body(*arguments))) is expected


@pytest.mark.parametrize(
    ("slug", "name", "law"),
    [
        ("hw2-softmax", "softmax_classifier", "raised_scores"),
        ("cs231n-two-layer", "TwoLayerNet.loss", "raised_hidden_unit"),
        ("hw2-softmax", "softmax_classifier", "batch_order"),
    ],
)
def test_what_is_made_of_the_parameters_alone_keeps_no_law(slug: str, name: str, law: str) -> None:
    function = Catalog.builtin().get(slug).assignment.function(name)
    probes = LAWS[law].probes(function, generator("public:1", law))
    weights = [[p.arguments[t.name] for t in function.arguments if t.draw is Draw.WEIGHTS] for p in probes]

    assert not LAWS[law].holds([{"loss": np.asarray(sum(np.sum(w**2) for w in each))} for each in weights])


def test_every_function_of_every_assignment_has_an_answer_or_no_batch() -> None:
    """The laws can be asked of every function that takes examples: their probes can be drawn."""
    catalog = Catalog.builtin()
    for slug in catalog.slugs():
        for function in catalog.get(slug).assignment.functions:
            if has_batch(function) and function.results:
                assert len(LAWS["batch_parts"].probes(function, generator("public:1", slug))) == 4


@pytest.mark.parametrize(
    ("shift", "code"),
    [
        (lambda s: s.max(), "GLOBAL_MAX_SHIFT"),
        (lambda s: s.mean(), "GLOBAL_MAX_SHIFT"),
        (lambda s: 700.0, "NOT_FINITE"),
        (lambda s: s.max(axis=0), "NOT_FINITE"),
        (lambda s: 0.0, "SOFTMAX_UNSTABLE"),
        (lambda s: s.max(axis=1, keepdims=True), None),
    ],
)
def test_one_number_for_all_rows_is_said_only_of_what_subtracts_one_that_moves_with_them(
    shift: Callable[[Array], Array], code: str | None
) -> None:
    function = Catalog.builtin().get("dlsys-hw0").assignment.function("softmax_loss")
    probes = LAWS["raised_logits"].probes(function, generator("public:1", "raised_logits"))
    results = []
    with np.errstate(all="ignore"):
        for probe in probes:
            z, y = probe.arguments["Z"], probe.arguments["y"]
            low = z - shift(z)
            log_p = low - np.log(np.exp(low).sum(axis=1, keepdims=True))
            results.append({"loss": -np.mean(log_p[np.arange(len(z)), y])})
    found = LAWS["raised_logits"].cause(results)

    assert (found and found.code) == code
    assert (found and found.evidence["rows_apart"]) == (1000 if code == "NOT_FINITE" else None)
