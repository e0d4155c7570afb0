"""The inputs functions are probed with: distinct prime sizes, several class counts, the cases that break formulas."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.spec import Draw, Function, Tensor

FloatArray = NDArray[np.float64]
Sizes = Mapping[str, int]

# Sizes are distinct within a probe, so that a transpose or a wrong axis cannot pass; 1/N shows because N differs.
SCALE_1: Sizes = {"N": 5, "D": 7, "H": 11, "C": 3}
SCALE_1_AGAIN: Sizes = {"N": 7, "D": 5, "H": 13, "C": 10}
ONE_SAMPLE: Sizes = {"N": 1, "D": 3, "H": 5, "C": 2}
SCALE_30: Sizes = {"N": 2, "D": 3, "H": 7, "C": 5}

SMALLEST_PROBABILITY = 1e-3
"""Probabilities of ordinary probes stay above this, so that an epsilon in a logarithm is no difference."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One set of arguments for a function, by name and in order."""

    name: str
    scale: float
    sizes: Sizes
    arguments: Mapping[str, FloatArray]

    @property
    def ordinary(self) -> bool:
        """Whether verdict and diagnosis may rest on it alone: at scale 1 bugs and rounding are 6 decades apart."""
        return self.scale == 1.0


def ordinary_probes(function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
    """Four probes: two at scale 1, one sample, scale 30."""
    plan = (("scale 1", 1.0, SCALE_1), ("scale 1, again", 1.0, SCALE_1_AGAIN), ("one sample", 1.0, ONE_SAMPLE))
    return tuple(
        draw(function, name, scale, sizes, rng) for name, scale, sizes in (*plan, ("scale 30", 30.0, SCALE_30))
    )


def draw(function: Function, name: str, scale: float, sizes: Sizes, rng: np.random.Generator) -> Probe:
    """Arguments for `function` with axes of `sizes`, drawn as its tensors say."""
    arguments = {tensor.name: _values(tensor, scale, sizes, rng) for tensor in function.arguments}
    return Probe(name, scale, sizes, arguments)


def shape_of(tensor: Tensor, sizes: Sizes) -> tuple[int, ...]:
    """The shape of `tensor` for axes of `sizes`."""
    return tuple(1 if axis == "1" else sizes[axis] for axis in tensor.axes)


def _values(tensor: Tensor, scale: float, sizes: Sizes, rng: np.random.Generator) -> FloatArray:
    shape = shape_of(tensor, sizes)
    if tensor.draw is Draw.ONE_HOT:
        return one_hot(shape, rng)
    if tensor.draw is Draw.PROBABILITIES:
        # Mixed with the uniform distribution: rows sum to 1 and no entry is below SMALLEST_PROBABILITY.
        floor = SMALLEST_PROBABILITY * shape[-1]
        drawn = rng.dirichlet(np.ones(shape[-1]), size=shape[0])
        return np.asarray((1 - floor) * drawn + SMALLEST_PROBABILITY)
    normal = np.asarray(rng.standard_normal(shape))
    if tensor.draw is Draw.WEIGHTS:  # not scaled: products of scaled weights and inputs would overflow any softmax
        return np.asarray(normal / np.sqrt(shape[0]))
    if tensor.draw is Draw.BIAS:
        return 0.5 * scale * normal
    # The first entry is negative: vectorised code that takes its dtype from the first result truncates only then.
    return np.asarray(normal * scale * -np.sign(normal.flat[0]))


def one_hot(shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """One-hot rows (N, C); every class appears when N >= C."""
    rows, classes = shape
    labels = np.concatenate([rng.permutation(classes) for _ in range(-(-rows // classes))])[:rows]
    return np.asarray(np.eye(classes)[labels])


def huge_logits(function: Function, rng: np.random.Generator) -> Probe:
    """Logits around 1000 in every row, in some for one class only: exp overflows unless the maximum is subtracted."""
    offset = np.full((SCALE_1_AGAIN["N"], SCALE_1_AGAIN["C"]), 1000.0)
    offset[4:, 1:] = 0.0  # the mean of such a row is far below its maximum
    return _with_logits(function, rng, "logits of 1000", offset)


def offset_rows(function: Function, rng: np.random.Generator) -> Probe:
    """Rows offset by 0, 1000, -1000...: one shift for the whole matrix leaves rows of 0/0."""
    return _with_logits(
        function, rng, "rows offset by 1000", np.array([0.0, 1000.0, -1000.0, 0.0, 1000.0, 500.0, -500.0])[:, None]
    )


def zero_probability(function: Function, rng: np.random.Generator) -> Probe:
    """Predictions that are exactly 0 where the target is 0: the product 0 * log 0 counts as 0."""
    probe = draw(function, "probability 0", 1.0, SCALE_1_AGAIN, rng)
    target = probe.arguments["target"]
    prediction = probe.arguments["prediction"].copy()
    for row, label in enumerate(target.argmax(axis=1)):
        prediction[row, (label + 1) % target.shape[1]] = 0.0
    arguments = {**probe.arguments, "prediction": prediction / prediction.sum(axis=1, keepdims=True)}
    return Probe(probe.name, 1.0, SCALE_1_AGAIN, arguments)


def _with_logits(function: Function, rng: np.random.Generator, name: str, offset: FloatArray) -> Probe:
    probe = draw(function, name, 1.0, SCALE_1_AGAIN, rng)
    # Multiples of 1/16 near 1000 are exact in float32 too: what is tested is overflow, not how a student rounds.
    logits = {
        tensor.name: np.round(16 * probe.arguments[tensor.name]) / 16 + offset
        for tensor in function.arguments
        if tensor.draw is Draw.LOGITS
    }
    return Probe(name, 1.0, SCALE_1_AGAIN, {**probe.arguments, **logits})


CASES: Mapping[str, Callable[[Function, np.random.Generator], Probe]] = {
    "huge_logits": huge_logits,
    "offset_rows": offset_rows,
    "zero_probability": zero_probability,
}
"""The stability cases an assignment can name."""
