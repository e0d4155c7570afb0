"""Comparison accepts a right form as a whole, harmless shapes and epsilons, and nothing with a NaN."""

import math
from typing import Any

import numpy as np
import pytest

from grader.comparison import Comparison, compare, fitted
from grader.numerics import FLOAT32_TOLERANCE
from grader.oracle import Oracle
from grader.probes import Probe, ordinary_probes
from grader.results import Tensors, Unreadable
from grader.sandbox import Raised, Reply, Returned
from grader.seeds import generator
from reference.catalog import AssignmentFolder
from reference.spec import Function, Tensor

BIAS = Tensor("b", ("1", "H"))


@pytest.mark.parametrize(
    ("array", "tensor", "shape", "result"),
    [
        (np.zeros((1, 3)), BIAS, (1, 3), (1, 3)),
        (np.zeros(3), BIAS, (1, 3), (1, 3)),
        (np.zeros((3, 1)), BIAS, (1, 3), None),
        (np.zeros((1, 1)), Tensor("loss", ()), (), ()),
        (np.zeros(1), Tensor("loss", ()), (), ()),
        (np.zeros(2), Tensor("loss", ()), (), None),
        (np.zeros(3), Tensor("z", ("N", "H")), (1, 3), None),
        (np.zeros((3, 2)), Tensor("z", ("N", "H")), (2, 3), None),
    ],
)
def test_only_harmless_shapes_are_fitted(
    array: Any, tensor: Tensor, shape: tuple[int, ...], result: tuple[int, ...] | None
) -> None:
    found = fitted(array, tensor, shape)

    assert result == (found if found is None else found.shape)


class Compared:
    """Replies to the probes of a function, made from the right answers."""

    def __init__(self, folder: AssignmentFolder, function: str) -> None:
        self.oracle = Oracle(folder.answers)
        self.function: Function = folder.assignment.function(function)
        self.probes: tuple[Probe, ...] = ordinary_probes(self.function, generator("public:1", "test"))

    def right(self, form: str, probe: Probe) -> dict[str, Any]:
        return dict(self.oracle.results(self.function, form, probe.arguments))

    def with_replies(self, replies: list[Reply], *forms: str) -> Comparison:
        return compare(self.function, forms or (self.function.name,), self.oracle, self.probes, replies)

    def factors(self, *factors: float) -> Comparison:
        """The right answers, each probe's times a factor of its own."""
        name = self.function.name
        return self.with_replies(
            [
                Returned({t: factor * v for t, v in self.right(name, probe).items()})
                for factor, probe in zip(factors, self.probes, strict=True)
            ]
        )


@pytest.fixture
def layer(folder: AssignmentFolder) -> Compared:
    return Compared(folder, "compute_layer")


def test_the_tolerance_separates_rounding_from_bugs(layer: Compared) -> None:
    assert layer.factors(1, 1, 1, 1).passed
    assert layer.factors(*3 * [1 + 0.9 * FLOAT32_TOLERANCE], 1).passed
    assert not layer.factors(*3 * [1 + 1.1 * FLOAT32_TOLERANCE], 1).passed
    single = 1 + 0.1 * FLOAT32_TOLERANCE
    assert layer.factors(*3 * [single], 1 + 90 * FLOAT32_TOLERANCE).passed  # scale 30
    assert not layer.factors(*3 * [single], 1 + 110 * FLOAT32_TOLERANCE).passed


def test_who_is_exact_at_scale_1_is_judged_by_one_tolerance_at_scale_30(layer: Compared) -> None:
    assert layer.factors(1, 1, 1, 1 + 0.9 * FLOAT32_TOLERANCE).passed
    assert not layer.factors(1, 1, 1, 1 + 1.1 * FLOAT32_TOLERANCE).passed


def test_one_nan_fails_its_probe_and_shows_in_the_worst_error(layer: Compared) -> None:
    replies: list[Reply] = [Returned(layer.right("compute_layer", probe)["z"]) for probe in layer.probes]
    spoilt = layer.right("compute_layer", layer.probes[1])["z"].copy()
    spoilt[0, 0] = math.nan
    replies[1] = Returned(spoilt)

    comparison = layer.with_replies(replies)

    assert [outcome.passed for outcome in comparison.outcomes] == [True, False, True, True]
    assert not comparison.agrees("z")
    assert math.isnan(comparison.worst)


def test_what_raised_or_cannot_be_read_does_not_pass(layer: Compared) -> None:
    good: list[Reply] = [Returned(layer.right("compute_layer", probe)["z"]) for probe in layer.probes]
    comparison = layer.with_replies([Raised("ValueError", "no"), Returned("text"), *good[2:]])

    assert [outcome.passed for outcome in comparison.outcomes] == [False, False, True, True]
    first, second, third, _ = (outcome.yours for outcome in comparison.outcomes)
    assert first is None
    assert isinstance(second, Unreadable)
    assert isinstance(third, Tensors)


def test_a_wrong_shape_is_no_match(layer: Compared) -> None:
    comparison = layer.with_replies([Returned(layer.right("compute_layer", p)["z"].T) for p in layer.probes])

    assert not any(outcome.passed for outcome in comparison.outcomes)


def test_worst_is_the_largest_error_at_scale_1(layer: Compared) -> None:
    assert layer.factors(1 + 1e-8, 1 + 1e-8, 1 + 1e-8, 1 + 1e-3).worst == pytest.approx(1e-8, rel=1e-3)


def test_float32_is_noticed(layer: Compared) -> None:
    replies: list[Reply] = [Returned(layer.right("compute_layer", p)["z"].astype(np.float32)) for p in layer.probes]
    comparison = layer.with_replies(replies)

    assert comparison.passed
    assert comparison.single
    assert not layer.factors(1, 1, 1, 1).single


def test_each_tensor_is_as_precise_as_its_own_dtype(layer: Compared) -> None:
    rights = [layer.right("compute_layer", probe)["z"] for probe in layer.probes]

    def imprecise(factor: float, dtype: type) -> float | None:
        replies: list[Reply] = [Returned((factor * right).astype(dtype)) for right in rights]
        return layer.with_replies(replies).imprecise

    assert imprecise(1.0, np.float64) is imprecise(1.0, np.float32) is None
    assert imprecise(1 + 1e-7, np.float32) is None
    assert imprecise(1 + 1e-7, np.float64) == pytest.approx(1e-7, rel=1e-3)
    assert imprecise(1 + 3e-6, np.float32) == pytest.approx(3e-6, rel=0.1)
    assert math.isnan(imprecise(math.nan, np.float32) or 0.0)


def _gradient_forms(folder: AssignmentFolder, forms: tuple[str, str]) -> Comparison:
    """Two probes answered in one form and two in another."""
    compared = Compared(folder, "grad_ce")
    chosen = (forms[0], forms[0], forms[1], forms[1])
    replies: list[Reply] = [
        Returned(compared.right(form, probe)["d_logits"]) for form, probe in zip(chosen, compared.probes, strict=True)
    ]
    return compared.with_replies(replies, "grad_ce_probability_mean", "grad_ce_probability_total", "grad_ce")


def test_any_right_form_is_accepted_as_a_whole_and_mixtures_are_not(folder: AssignmentFolder) -> None:
    mean, total = "grad_ce_probability_mean", "grad_ce_probability_total"
    for form in (mean, total, "grad_ce"):
        comparison = _gradient_forms(folder, (form, form))
        assert comparison.passed
        assert comparison.form == form
    for mixture in ((mean, total), ("grad_ce", mean), (total, "grad_ce")):
        comparison = _gradient_forms(folder, mixture)
        assert not comparison.passed
        assert comparison.form in (mean, total)


@pytest.mark.parametrize(
    ("epsilon", "accepted"), [(1e-15, True), (1e-8, True), (9e-7, True), (1e-4, False), (-1e-5, False)]
)
def test_an_epsilon_in_the_logarithm_is_accepted_up_to_a_millionth(
    epsilon: float, accepted: bool, folder: AssignmentFolder
) -> None:
    compared = Compared(folder, "average_ce")
    replies: list[Reply] = []
    for probe in compared.probes:
        t, p = probe.arguments["target"], probe.arguments["prediction"]
        replies.append(Returned(float(-np.sum(t * np.log(p + epsilon)) / len(t))))

    assert accepted is compared.with_replies(replies).passed
