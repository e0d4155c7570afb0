"""The smallest case on which a student and the reference differ: a few small whole numbers, to be worked by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.subject import Subject
from grader.comparison import Comparison, Outcome, compare
from grader.probes import Probe, Sizes, class_numbers, lengths, one_hot, shape_of, size_of
from grader.report import Evidence
from grader.results import Tensors
from reference.spec import Draw, Function, Kinks, Tensor

SMALLEST_FIRST: tuple[Sizes, ...] = (
    lengths(N=1, D=1, H=1, C=2, L=3, W=2, G=2),
    lengths(N=1, D=2, H=2, C=2, L=3, W=2, G=2),
    lengths(N=2, D=1, H=1, C=2, L=4, W=2, G=2),
    lengths(N=2, D=2, H=2, C=2, L=4, W=3, G=2),
    lengths(N=2, D=2, H=2, C=3, L=5, W=3, G=2),
)
"""Every mistake measured on networks shows on at most ten numbers; those of a mean need two examples."""

STRENGTHS = (0.0, 1.0, 1.0)
"""Cases drawn of each size, by the strength of a regularisation: the first has none."""

LARGEST_ANSWER = 144
"""Entries of an argument or a student's answer that are shown: more is no case to be worked by hand, and would fill
the report."""

LARGEST = 2
"""Entries are whole numbers from -2 to 2; probabilities are quarters."""

Case = Mapping[str, Evidence]
"""{"inputs": {name: nested lists}, "tensor": name, "yours": nested lists, "right": nested lists}, or empty."""


def smallest_case(subject: Subject, comparison: Comparison, wrong: Sequence[str], kinks: Kinks | None) -> Case:
    """The first small case whose first wrong tensor differs, as nested lists; empty if all agree or none answers.

    kinks: no case lies where the derivative jumps, for several derivatives are right there.
    """
    function = comparison.function
    forms = subject.forms(function)
    rng = subject.rng("counterexample", function.name)
    asked = (comparison.form,) if comparison.form in forms else forms
    for sizes in SMALLEST_FIRST:  # nearly always the smallest that can show a mistake does
        drawn = [subject.settled(function, _drawn(function, sizes, strength, rng)) for strength in STRENGTHS]
        probes = [probe for probe in drawn if kinks is None or not _on_a_kink(subject, kinks, probe)]
        if not probes:
            continue
        replies = subject.student.call(function.name, [list(probe.arguments.values()) for probe in probes])
        for outcome in compare(function, asked, subject.oracle, probes, replies).outcomes:
            case = case_of(outcome, wrong)
            if case:
                return case
    return {}


def case_of(outcome: Outcome, wrong: Sequence[str]) -> Case:
    """An outcome as a case; empty where it agrees, is too large to be shown or holds what is no finite number."""
    if not isinstance(outcome.yours, Tensors):
        return {}
    if any(array.size > LARGEST_ANSWER for array in outcome.probe.arguments.values()):
        return {}
    tensor = next((name for name in wrong if not outcome.agrees(name)), None)
    if tensor is None:
        return {}
    yours = outcome.yours.values[tensor]
    if not 0 < yours.size <= LARGEST_ANSWER or not np.all(np.isfinite(yours)):  # an empty one may have endless rows
        return {}
    return {
        "inputs": {name: array.tolist() for name, array in outcome.probe.arguments.items() if array.dtype.kind != "U"},
        "tensor": tensor,
        "yours": yours.tolist(),
        "right": outcome.right[tensor].tolist(),
    }


def _drawn(function: Function, sizes: Sizes, strength: float, rng: np.random.Generator) -> Probe:
    arguments = {tensor.name: _values(tensor, sizes, strength, rng) for tensor in function.arguments}
    return Probe("by hand", 1.0, sizes, arguments)


def _values(tensor: Tensor, sizes: Sizes, strength: float, rng: np.random.Generator) -> NDArray[Any]:
    shape = shape_of(tensor, sizes)
    if tensor.draw is Draw.SIZE:
        return np.asarray(size_of(tensor, sizes))
    if tensor.draw is Draw.STRENGTH:
        return np.asarray(strength)
    if tensor.draw is Draw.CHOICE:
        return np.asarray(tensor.of)
    if tensor.draw is Draw.RATE:
        return np.asarray(0.5)
    if tensor.draw is Draw.LABELS:
        return class_numbers(shape[0], sizes["C"], rng)
    if tensor.draw is Draw.ONE_HOT:
        return one_hot(shape, rng)
    if tensor.draw is Draw.PROBABILITIES:
        quarters = np.array([1.0] * (shape[-1] - 1) + [5.0 - shape[-1]]) / 4
        return np.stack([rng.permutation(quarters) for _ in range(shape[0])])
    whole = rng.integers(-LARGEST, LARGEST + 1, shape)
    # No zeros in weights and biases: a zero hides what it multiplies and what is forgotten.
    sparse = tensor.draw in (Draw.WEIGHTS, Draw.BIAS, Draw.UPSTREAM)
    return np.asarray(np.where((whole == 0) & sparse, 1, whole), dtype=np.float64)


def _on_a_kink(subject: Subject, kinks: Kinks, probe: Probe) -> bool:
    """Whether the probe sits exactly where the derivative jumps."""
    signs = subject.oracle.signs(kinks.form, tuple(probe.arguments[name] for name in kinks.arguments))
    return bool(np.any(signs == 0))
