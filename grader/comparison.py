"""A function's results on some probes against the right ones: which tensors agree, on which probes, by how much."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from grader import numerics
from grader.oracle import Oracle
from grader.probes import Probe, shape_of
from grader.results import Tensors, Unreadable, read
from grader.sandbox import Reply, Returned
from reference.spec import Draw, Function, Operation, Tensor

FloatArray = NDArray[np.float64]

LOSS_EPSILON = 1e-6
"""The largest epsilon inside a logarithm that is accepted in a loss, added or clipped."""

EPSILON_MARGIN = 1 + 1e-6
"""A loss with exactly the largest epsilon is accepted however its sum is rounded."""

LOGARITHMS = frozenset({Operation.CROSS_ENTROPY, Operation.LIKELIHOOD, Operation.LIKELIHOOD_GRADIENT})
"""Operations that take a logarithm, or its derivative, of the probabilities they are given."""

EPSILON = "_epsilon"

SATURATED_FACTOR = 100.0
"""Float32 tolerance grows by this at scale 30: a logit of 80 rounds to 1e-5, and softmax carries that on. Only for who
computes in float32, which scale 1 shows. Right functions given float32 arrays stay below a third of it; a sigmoid that
is clipped at 5 is off by 7e-3."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One probe: what came back, what is right, and for each tensor the error (NaN: not comparable or not a number).

    known: where right is meant given the student's own earlier functions, the values these gave, by name.
    only: names of the tensors that count; empty: all.
    """

    probe: Probe
    reply: Reply
    yours: Tensors | Unreadable | None
    right: Mapping[str, FloatArray]
    errors: Mapping[str, float]
    tolerances: Mapping[str, float]
    known: Mapping[str, FloatArray] = field(default_factory=dict)
    only: tuple[str, ...] = ()

    def agrees(self, tensor: str) -> bool:
        """Whether a tensor is within its tolerance; NaN is not."""
        return numerics.agrees(self.errors.get(tensor, math.nan), self.tolerances.get(tensor, 0.0))

    @property
    def passed(self) -> bool:
        """Whether every tensor that counts agrees."""
        return all(map(self.agrees, self.counting))

    @property
    def counting(self) -> tuple[str, ...]:
        """Names of the tensors that count."""
        return self.only or tuple(self.right)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All probes of one function against one right form. only: names of the tensors that count; empty: all."""

    function: Function
    form: str
    outcomes: tuple[Outcome, ...]
    only: tuple[str, ...] = ()

    def of(self, only: tuple[str, ...]) -> "Comparison":
        """The same comparison where only some tensors count."""
        outcomes = tuple(replace(outcome, only=only) for outcome in self.outcomes)
        return replace(self, outcomes=outcomes, only=only)

    @property
    def tensors(self) -> tuple[str, ...]:
        """Names of the tensors that count, in the order of the results."""
        return tuple(t.name for t in self.function.results if not self.only or t.name in self.only)

    def agrees(self, tensor: str) -> bool:
        """Whether a tensor agrees on every probe."""
        return all(outcome.agrees(tensor) for outcome in self.outcomes)

    @property
    def passed(self) -> bool:
        """Whether every probe agrees in every tensor."""
        return all(outcome.passed for outcome in self.outcomes)

    @property
    def agreement(self) -> int:
        """How many tensors agree, whether they count or not."""
        return sum(self.agrees(tensor.name) for tensor in self.function.results)

    @property
    def of_numbers(self) -> int:
        """How many tensors agree on every probe on which they are comparable, whether they count or not."""
        found = 0
        for tensor in self.function.results:
            known = [o for o in self.outcomes if not math.isnan(o.errors.get(tensor.name, math.nan))]
            found += bool(known) and all(outcome.agrees(tensor.name) for outcome in known)
        return found

    @property
    def of_probes(self) -> int:
        """On how many probes each tensor agrees, all together; 0 where that is not on most: a few agree by chance."""
        found = [outcome.agrees(tensor.name) for outcome in self.outcomes for tensor in self.function.results]
        return sum(found) if 2 * sum(found) > len(found) else 0

    @property
    def losses(self) -> int:
        """How many results that are single numbers agree, whether they count or not."""
        return sum(self.agrees(tensor.name) for tensor in self.function.results if not tensor.axes)

    @property
    def single(self) -> bool:
        """Whether a float32 array came back."""
        return any(isinstance(outcome.yours, Tensors) and outcome.yours.single for outcome in self.outcomes)

    @property
    def worst(self) -> float:
        """The largest error at scale 1; NaN if one is."""
        return _largest([error for _, error, _ in self._at_scale_1()])

    @property
    def imprecise(self) -> float | None:
        """The largest error at scale 1 that is more than a derivative of its dtype has; None where there is none."""
        usual = {False: numerics.ANALYTIC_PRECISION, True: numerics.SINGLE_PRECISION}
        errors = [e for _, e, single in self._at_scale_1() if not numerics.agrees(e, usual[single])]
        return _largest(errors) if errors else None

    def _at_scale_1(self) -> Iterator[tuple[str, float, bool]]:
        """Name and error of each tensor that counts on each ordinary probe, and whether it came as float32."""
        for outcome in self.outcomes:
            singles = outcome.yours.singles if isinstance(outcome.yours, Tensors) else frozenset()
            if outcome.probe.ordinary:
                yield from ((n, error, n in singles) for n, error in outcome.errors.items() if n in self.tensors)


def _largest(errors: Sequence[float]) -> float:
    return math.nan if any(map(math.isnan, errors)) else max(errors, default=math.nan)


def compare(
    function: Function, forms: Sequence[str], oracle: Oracle, probes: Sequence[Probe], replies: Sequence[Reply]
) -> Comparison:
    """The comparison with the first of `forms` that agrees everywhere.

    A form is accepted as a whole: a mixture of two right forms is wrong. Where none agrees, it is the one followed.
    """
    comparisons: list[Comparison] = []
    for form in forms:
        rights = [oracle.results(function, form, probe.arguments) for probe in probes]
        bands = [_band(function, form, oracle, probe) for probe in probes]
        comparisons.append(against(function, form, probes, replies, rights, bands))
        if comparisons[-1].passed:  # nearly always the first: the others need not be computed
            return comparisons[-1]
    return followed(comparisons)


def followed(comparisons: Sequence[Comparison]) -> Comparison:
    """Of comparisons with several right forms, that with the form the file follows.

    The first that agrees everywhere. Where none does, the first is taken if its loss agrees (a gradient follows from
    its loss), else the first of those that agree in most tensors, and of these in most where they are numbers: a NaN on
    one probe says nothing of the others. Where that tells nothing, on most probes: what spoils one leaves the others.
    """
    passed = [each for each in comparisons if each.passed]
    if passed or comparisons[0].losses:
        return (passed or comparisons)[0]
    return max(comparisons, key=lambda each: (each.agreement, each.of_numbers, each.of_probes))


def against(
    function: Function,
    form: str,
    probes: Sequence[Probe],
    replies: Sequence[Reply],
    rights: Sequence[Mapping[str, FloatArray]],
    bands: Sequence[Mapping[str, FloatArray]] | None = None,
) -> Comparison:
    """The comparison with right values already known. bands: for a tensor, the other end of what is accepted."""
    at_scale_1 = [right for probe, right in zip(probes, rights, strict=True) if probe.ordinary]
    typical = {name: max((numerics.largest(right[name]) for right in at_scale_1), default=0.0) for name in rights[0]}
    outcomes = [
        _outcome(function, probe, reply, right, typical, bands[index] if bands else {})
        for index, (probe, reply, right) in enumerate(zip(probes, replies, rights, strict=True))
    ]
    return Comparison(function, form, tuple(_strictly(outcomes)))


def _strictly(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """The outcomes with one tolerance at every scale for what is as exact at scale 1 as float64 is."""
    ordinary = [outcome for outcome in outcomes if outcome.probe.ordinary and outcome.errors]
    for outcome in outcomes:
        exact = [
            name
            for name in outcome.tolerances
            if ordinary and all(numerics.agrees(o.errors[name], numerics.FLOAT64_TOLERANCE) for o in ordinary)
        ]
        if outcome.probe.scale == 1.0 or not exact:
            yield outcome
        else:
            yield replace(
                outcome, tolerances={**outcome.tolerances, **dict.fromkeys(exact, numerics.FLOAT32_TOLERANCE)}
            )


def fitted(array: FloatArray, tensor: Tensor, shape: tuple[int, ...]) -> FloatArray | None:
    """`array` with the shape asked for where the difference is harmless, else None.

    Harmless: a bias (H,) for (1, H); one number in an array of any rank for a scalar; a column or a row where one is
    allowed.
    """
    if array.shape == shape:
        return array
    if (not shape and array.size == 1) or (tensor.axes[:1] == ("1",) and array.shape == shape[1:]):
        return array.reshape(shape)
    if tensor.column and array.shape == (*shape, 1):
        return array.reshape(shape)
    if tensor.row and array.shape == (1, *shape):
        return array.reshape(shape)
    return None


def _outcome(
    function: Function,
    probe: Probe,
    reply: Reply,
    right: Mapping[str, FloatArray],
    typical: Mapping[str, float],
    band: Mapping[str, FloatArray],
) -> Outcome:
    yours = read(function, reply.value) if isinstance(reply, Returned) else None
    if not isinstance(yours, Tensors):
        return Outcome(probe, reply, yours, right, {}, {})
    errors, tolerances, values = {}, {}, dict(yours.values)
    for tensor in function.results:
        name = tensor.name
        array = fitted(values[name], tensor, shape_of(tensor, probe.sizes))
        tolerances[name] = _tolerance(probe)
        # What is right given a student's own functions may have any shape.
        if array is None or array.shape != right[name].shape:
            errors[name] = math.nan
            continue
        values[name] = array
        errors[name] = numerics.largest_error(array, right[name], typical[name])
        if name in band and np.all(_between(array, band[name], right[name])):
            errors[name] = 0.0
    return Outcome(probe, reply, replace(yours, values=values), right, errors, tolerances)


def _between(array: FloatArray, one: FloatArray, other: FloatArray) -> NDArray[np.bool_]:
    low, high = np.minimum(one, other), np.maximum(one, other)  # one may be infinite: the logarithm of 0
    slack = numerics.FLOAT64_TOLERANCE  # of each end itself, which may be summed in another order
    return np.asarray((low - slack * np.abs(low) <= array) & (array <= high + slack * np.abs(high)))


def _tolerance(probe: Probe) -> float:
    # The float32 tolerance for every dtype: float32 inside a function is accepted, whatever it returns, and no bug
    # measured is this small at scale 1. Float64 results that miss the float64 tolerance are flagged in checks.values.
    return numerics.FLOAT32_TOLERANCE * (1.0 if probe.scale == 1.0 else SATURATED_FACTOR)


def _band(function: Function, form: str, oracle: Oracle, probe: Probe) -> Mapping[str, FloatArray]:
    """For a loss, its value with the largest accepted epsilon: a student's epsilon lies between the two.

    Where the logarithm is of something inside the function, answers.py says it by a form called <form>_epsilon.
    """
    if f"{form}{EPSILON}" in oracle.answers:
        return oracle.results(function, f"{form}{EPSILON}", probe.arguments)
    shifted = {
        tensor.name: probe.arguments[tensor.name] + EPSILON_MARGIN * LOSS_EPSILON
        for tensor in function.arguments
        if function.operation in LOGARITHMS and tensor.draw is Draw.PROBABILITIES
    }
    return oracle.results(function, form, {**probe.arguments, **shifted}) if shifted else {}
