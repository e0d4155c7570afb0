"""Recipes: done right they are the reference, done wrong they are not, and two wrong steps are both found."""

from collections.abc import Callable

import numpy as np
import pytest

from grader.checks.subject import Finding
from grader.comparison import Outcome, compare
from grader.diagnosis.mismatch import FloatArray, same
from grader.diagnosis.mistake import UNNAMED
from grader.diagnosis.recipe import ACCEPTED, MOST_KEPT, ONCE, Once, Recipe
from grader.diagnosis.recipes import RECIPES
from grader.oracle import Oracle
from grader.phrases import SENTENCES
from grader.probes import ordinary_probes
from grader.sandbox import Returned
from grader.seeds import generator
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Operation

Examine = Callable[..., Finding]
CATALOG = Catalog.builtin()
OPERATIONS = sorted(RECIPES, key=str)
SAME_AT_SCALE_1 = {
    *("numbers rounded to 5 places", "min(max(x, 0), 6)", "min(max(z_h, 0), 6)", "min(max(z1, 0), 6)"),
    "min(max(z, 0), 6)",
    *("clipped entries of p - t", "t * log(p), p at least 0.001", "t * log(p), p at least 0.0001"),
    *("t * log(p), p at least 1e-05", "0.0001 + the sum of each row"),
    *("exp(z) without a shift", "exp(z - max of the matrix)", "counts[y, yhat] = 1"),
    *(f"sigmoid(clip(X, -{most}, {most}))" for most in (5, 6, 10)),
    *(f"np.clip({scores}, -{most}, {most})" for scores in ("scores", "z2", "logit") for most in (5, 10)),
    *(
        f"a regularisation by another {name} where 0 is given, as `{name} or a default` is,"
        for name in ("lamda", "reg")
    ),
    "counts modulo 256, which is what integers of 8 bits hold,",
    "counts from -128 to 127, which is what int8 holds,",
}
"""Ways that can be right on ordinary numbers; some are wrong only beside another mistake."""


def _folder(operation: Operation) -> AssignmentFolder:
    """The first assignment that asks for the operation."""
    folders = [CATALOG.get(slug) for slug in ("ece421-numpy-nn", *CATALOG.slugs())]
    return next(f for f in folders if any(function.operation is operation for function in f.assignment.functions))


def _outcomes(operation: Operation) -> list[Outcome]:
    folder = _folder(operation)
    function = next(f for f in folder.assignment.functions if f.operation is operation)
    probes = [probe for probe in ordinary_probes(function, generator("public:1", "recipe")) if probe.ordinary]
    oracle = Oracle(folder.answers)
    replies = [Returned(dict(oracle.results(function, function.answer, probe.arguments))) for probe in probes]
    return list(compare(function, [function.answer], oracle, probes, replies).outcomes)


def _differs(recipe: Recipe, outcomes: list[Outcome], use: dict[str, Callable[..., object]]) -> bool:
    with np.errstate(all="ignore"):
        if use and any(_raises(recipe, outcome, use) for outcome in outcomes):
            return True
        cooked = [recipe.cook(outcome, {**recipe.right, **use}) for outcome in outcomes]
    return any(
        not same(np.asarray(value, dtype=np.float64), outcome.right[name])
        for outcome, values in zip(outcomes, cooked, strict=True)
        for name, value in values.items()
    )


def _raises(recipe: Recipe, outcome: Outcome, use: dict[str, Callable[..., object]]) -> bool:
    """Whether wrong steps do not fit together: such a mistake explains nothing."""
    try:
        recipe.cook(outcome, {**recipe.right, **use})
    except (ValueError, IndexError):
        return True
    return False


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_computed_is_a_formula_or_a_noun(operation: Operation) -> None:
    """It stands in "{function} computes {found} where {asked} is asked for"."""
    steps = RECIPES[operation].steps
    said = [way.found for step in steps for way in step.wrong if way.code in UNNAMED] + [step.asked for step in steps]

    assert [words for words in said if words.startswith(("of ", "with ", "for ", "in ", "by "))] == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_recipe_done_right_is_the_reference(operation: Operation) -> None:
    assert not _differs(RECIPES[operation], _outcomes(operation), {})


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_way_is_wrong_and_has_a_sentence(operation: Operation) -> None:
    recipe, outcomes = RECIPES[operation], _outcomes(operation)
    for step in recipe.steps:
        for way in step.wrong:
            assert way.code in SENTENCES or way.code == ACCEPTED
            if way.found not in SAME_AT_SCALE_1:
                assert _differs(recipe, outcomes, {step.name: way.use}), (step.name, way.found)


@pytest.mark.parametrize(
    ("kind", "function", "code", "codes"),
    [
        ("forward", "average_ce", "def average_ce(t, p): return np.sum(t * np.log2(p)) / len(t)", {"SIGN", "LOG_BASE"}),
        ("gradient", "grad_ce", "def grad_ce(t, z): return t - softmax(z)", {"SIGN", "TOTAL_NOT_MEAN"}),
        ("forward", "compute_layer", "def compute_layer(x, w, b): return 2 * x @ w", {"BIAS_IGNORED", "FACTOR_TWO"}),
        ("forward", "relu", "def relu(x): return -1.0 * (x > 0)", {"RELU_STEP", "SIGN"}),
        (
            "forward",
            "forward_prop",
            """
            def forward_prop(x, w, b, v, c):
                z = x @ w
                a = relu(z)
                return z, a, softmax(a @ v), a @ v
            """,
            {"BIAS_IGNORED", "RESULT_ORDER"},
        ),
    ],
)
def test_two_mistakes_in_one_function_are_both_named(
    kind: str, function: str, code: str, codes: set[str], examine: Examine
) -> None:
    found = examine(kind, function, code).result.diagnosis

    assert found is not None
    also = found.evidence.get("also", [])
    assert isinstance(also, list)
    told = {found.code, *(entry["code"] for entry in also)}
    assert codes <= told


def test_a_formula_is_said_beside_what_is_asked(examine: Examine) -> None:
    found = examine("forward", "relu", "def relu(x): return np.tanh(x)").result.diagnosis

    assert found is not None
    assert (found.code, found.evidence["found"], found.evidence["asked"]) == ("OTHER_FORMULA", "tanh(x)", "max(x, 0)")


def test_one_example_alone_proves_nothing(examine: Examine) -> None:
    code = "def relu(x): return np.maximum(x, 0) if len(x) > 1 else np.tanh(x)"
    found = examine("forward", "relu", code).result.diagnosis

    assert found is not None
    assert found.code == "UNKNOWN"


def test_a_mistake_is_found_beside_a_wrong_function_that_is_called(examine: Examine) -> None:
    code = """
    def relu(x): return np.where(x > 0, x, 0.3 * x)
    def backward_prop(x, t, w, b, v, c):
        z, a, _, p = forward_prop(x, w, b, v, c)
        d = (p - t) / len(x)
        h = d @ v.T
        return x.T @ h, h.sum(axis=0, keepdims=True), a.T @ d, d.sum(axis=0, keepdims=True)
    """
    result = examine("gradient", "backward_prop", code).result

    assert result.diagnosis is not None
    assert result.diagnosis.code == "RELU_MASK_MISSING"


def test_shapes_that_do_not_fit_are_no_fault_of_ours(examine: Examine) -> None:
    code = """
    f = relu
    def relu(x): return f(x).ravel()
    def forward_prop(x, w, b, v, c): return x, x, x, x
    """
    result = examine("forward", "forward_prop", code).result

    assert result.points.given == 0


def _tensors(recipe: Recipe, outcome: Outcome, use: dict[str, Callable[..., object]]) -> dict[str, FloatArray] | None:
    try:
        cooked = recipe.cook(outcome, {**recipe.right, **use})
    except (ValueError, IndexError):
        return None
    return {name: np.asarray(value, dtype=np.float64) for name, value in cooked.items()}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_candidates_share_is_to_each_what_it_had_alone(operation: Operation) -> None:
    recipe, outcomes, once = RECIPES[operation], _outcomes(operation), Once()
    ways = [{step.name: way.use} for step in recipe.steps for way in step.wrong]
    with np.errstate(all="ignore"):
        for use in (*ways, *(one | other for one, other in zip(ways, ways[7:], strict=False))):
            for outcome in outcomes:
                alone, shared = (_tensors(recipe, outcome, {**use, **more}) for more in ({}, {ONCE: once}))
                assert (alone is None) == (shared is None)
                for name, value in (alone or {}).items():
                    assert np.array_equal(value, (shared or {})[name], equal_nan=True)


def test_a_function_is_called_once_for_the_same_objects_and_again_for_equal_ones() -> None:
    once, calls, x = Once(), list[FloatArray](), np.ones(3)

    def noted(array: FloatArray) -> float:
        calls.append(array)
        return float(array.sum())

    assert [once(noted, x), once(noted, x), once(noted, x.copy())] == [3.0, 3.0, 3.0]
    assert len(calls) == 2
    for _ in range(MOST_KEPT):  # an id that is free again is not taken for what had it before
        once(noted, np.zeros(3))
    assert once(noted, x) == 3.0
    assert len(calls) == MOST_KEPT + 3
