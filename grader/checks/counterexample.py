"""The smallest case on which a student and the reference differ: a few small whole numbers, to be worked by hand."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.checks.subject import Subject
from grader.comparison import Outcome, compare
from grader.probes import FloatArray, Probe, Sizes, one_hot, shape_of
from grader.report import Evidence
from grader.results import Tensors
from reference.spec import Draw, Function, Tensor

SMALLEST_FIRST: tuple[Sizes, ...] = (
    {"N": 1, "D": 1, "H": 1, "C": 2},
    {"N": 1, "D": 2, "H": 2, "C": 2},
    {"N": 2, "D": 1, "H": 1, "C": 2},
    {"N": 2, "D": 2, "H": 2, "C": 2},
    {"N": 2, "D": 2, "H": 2, "C": 3},
)
"""Every mistake measured on networks shows on at most ten numbers; those of a mean need two examples."""

TRIES = 3
"""Cases drawn of each size."""

LARGEST_ANSWER = 144
"""Entries of a student's answer that are shown: more is no case to be worked by hand, and would fill the report."""

LARGEST = 2
"""Entries are whole numbers from -2 to 2; probabilities are quarters."""


def smallest_case(subject: Subject, function: Function, wrong: Sequence[str]) -> Mapping[str, Evidence]:
    """The first small case whose first wrong tensor differs, as nested lists; empty if all agree or none answers."""
    rng = subject.rng("counterexample", function.name)
    probes = [_drawn(function, sizes, rng) for sizes in SMALLEST_FIRST for _ in range(TRIES)]
    probes = [probe for probe in probes if not _on_a_kink(probe)]
    replies = subject.student.call(function.name, [list(probe.arguments.values()) for probe in probes])
    for outcome in compare(function, subject.forms(function), subject.oracle, probes, replies).outcomes:
        case = _case(outcome, wrong)
        if case:
            return case
    return {}


def _case(outcome: Outcome, wrong: Sequence[str]) -> Mapping[str, Evidence]:
    if not isinstance(outcome.yours, Tensors):
        return {}
    tensor = next((name for name in wrong if not outcome.agrees(name)), None)
    if tensor is None:
        return {}
    yours = outcome.yours.values[tensor]
    if not 0 < yours.size <= LARGEST_ANSWER or not np.all(np.isfinite(yours)):  # an empty one may have endless rows
        return {}
    return {
        "inputs": {name: array.tolist() for name, array in outcome.probe.arguments.items()},
        "tensor": tensor,
        "yours": yours.tolist(),
        "right": outcome.right[tensor].tolist(),
    }


def _drawn(function: Function, sizes: Sizes, rng: np.random.Generator) -> Probe:
    arguments = {tensor.name: _values(tensor, shape_of(tensor, sizes), rng) for tensor in function.arguments}
    return Probe("by hand", 1.0, sizes, arguments)


def _values(tensor: Tensor, shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    if tensor.draw is Draw.ONE_HOT:
        return one_hot(shape, rng)
    if tensor.draw is Draw.PROBABILITIES:
        quarters = np.array([1.0] * (shape[-1] - 1) + [5.0 - shape[-1]]) / 4
        return np.stack([rng.permutation(quarters) for _ in range(shape[0])])
    whole = rng.integers(-LARGEST, LARGEST + 1, shape)
    # No zeros in weights and biases: a zero hides what it multiplies and what is forgotten.
    sparse = tensor.draw in (Draw.WEIGHTS, Draw.BIAS)
    return np.asarray(np.where((whole == 0) & sparse, 1, whole), dtype=np.float64)


def _on_a_kink(probe: Probe) -> bool:
    """Whether a hidden unit sits exactly at zero, where several derivatives are right."""
    if not {"x", "w_h", "b_h"} <= probe.arguments.keys():
        return False
    x, w_h, b_h = (probe.arguments[name] for name in ("x", "w_h", "b_h"))
    return bool(np.any(x @ w_h + b_h == 0))
