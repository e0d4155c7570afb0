"""The inputs functions are probed with: distinct prime sizes, several class counts, the cases that break formulas."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.spec import Draw, Function, Operation, Tensor

FloatArray = NDArray[np.float64]
Sizes = Mapping[str, int]


def lengths(N: int, D: int, H: int, C: int, L: int, W: int, G: int = 17) -> Sizes:
    """Axes by their letters; V, the positions of a window, follows from L and W."""
    return {"N": N, "D": D, "H": H, "G": G, "C": C, "L": L, "W": W, "V": L - W + 1}


# Sizes are distinct within a probe, so that a transpose or a wrong axis cannot pass; 1/N shows because N differs.
SCALE_1 = lengths(N=5, D=7, H=11, C=3, L=11, W=3)
SCALE_1_AGAIN = lengths(N=7, D=5, H=13, C=10, L=14, W=4)
ONE_SAMPLE = lengths(N=1, D=3, H=5, C=2, L=7, W=2)
# More examples than a block of rows has, in code that takes so many at a time.
REGULARISED = lengths(N=131, D=11, H=5, C=7, L=11, W=3)
SCALE_30 = lengths(N=4, D=13, H=7, C=5, L=17, W=7)
MANY = lengths(N=311, D=7, H=11, C=5, L=11, W=3)
MANY_AGAIN = lengths(N=137, D=5, H=13, C=7, L=14, W=4)
NARROW = lengths(N=2, D=3, H=7, C=5, L=7, W=1)
WIDE = lengths(N=2, D=3, H=7, C=5, L=7, W=7)

UPSTREAM_FACTOR = 10.0
"""The upstream of the probe of one sample: a gradient that is clipped shows."""

MIDDLE = 5.0
"""The scale of every second example at scale 30, where no probability is left between 0 and 1: code that cuts off what
is small, or clips at 10, is wrong between the two."""

FARTHEST = 80.0
"""No two logits of one example lie further apart: their probabilities, and the inverses of these, are float32 numbers
still. One of 1e-40 has an infinite inverse there, and right code that divides by it would fail on some draws."""

SMALLEST_PROBABILITY = 1e-3
"""Probabilities of ordinary probes stay above this, so that an epsilon in a logarithm is no difference."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One set of arguments for a function, by name and in order; numbers are arrays without axes.

    edge: its sizes are extreme, so that a diagnosis cannot rest on it.
    """

    name: str
    scale: float
    sizes: Sizes
    arguments: Mapping[str, NDArray[Any]]
    edge: bool = False

    @property
    def ordinary(self) -> bool:
        """Whether verdict and diagnosis may rest on it alone: at scale 1 bugs and rounding are 6 decades apart."""
        return self.scale == 1.0 and not self.edge


@dataclass(frozen=True, slots=True)
class Setting:
    """What a probe is drawn with. strength: of a regularisation. upstream: factor of an upstream gradient."""

    name: str
    scale: float
    sizes: Sizes
    strength: float = 1.0
    upstream: float = 1.0
    edge: bool = False


PLAN = (
    Setting("scale 1", 1.0, SCALE_1, strength=0.0),
    Setting("scale 1, again", 1.0, SCALE_1_AGAIN),
    Setting("one sample", 1.0, ONE_SAMPLE, strength=0.7, upstream=UPSTREAM_FACTOR),
    Setting("scale 30", 30.0, SCALE_30),
)
STRENGTHS = (Setting("regularisation 0.3", 1.0, REGULARISED, strength=0.3),)
CLASSES = (Setting("many examples", 1.0, MANY), Setting("many examples, again", 1.0, MANY_AGAIN))
WINDOWS = (Setting("window of 1", 1.0, NARROW, edge=True), Setting("window of the whole", 1.0, WIDE, edge=True))


def ordinary_probes(function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
    """Two at scale 1, one sample, scale 30; one more for a regularisation, two for class numbers or a window."""
    drawn = {tensor.draw for tensor in function.arguments}
    windowed = any(tensor.of == "W" for tensor in function.arguments)
    more = CLASSES if function.operation is Operation.PREDICT else STRENGTHS if Draw.STRENGTH in drawn else ()
    plan = (*PLAN, *more, *(WINDOWS if windowed else ()))
    return tuple(set_up(function, setting, rng) for setting in plan)


def draw(function: Function, name: str, scale: float, sizes: Sizes, rng: np.random.Generator) -> Probe:
    """Arguments for `function` with axes of `sizes`, drawn as its tensors say."""
    return set_up(function, Setting(name, scale, sizes), rng)


def set_up(function: Function, setting: Setting, rng: np.random.Generator) -> Probe:
    """Arguments for `function`, drawn with a setting as its tensors say."""
    arguments = {tensor.name: values(tensor, setting, rng) for tensor in function.arguments}
    return Probe(setting.name, setting.scale, setting.sizes, arguments, setting.edge)


def shape_of(tensor: Tensor, sizes: Sizes) -> tuple[int, ...]:
    """The shape of `tensor` for axes of `sizes`; a digit is its own length."""
    return tuple(int(axis) if axis.isdigit() else sizes[axis] for axis in tensor.axes)


def size_of(tensor: Tensor, sizes: Sizes) -> int:
    """The whole number that a SIZE is."""
    return int(tensor.of) if tensor.of.isdigit() else sizes[tensor.of]


def name_of(function: Function, draw: Draw) -> str:
    """The first argument that is drawn so.

    Raises:
        ValueError: there is none.
    """
    found = [tensor.name for tensor in function.arguments if tensor.draw is draw]
    if not found:
        raise ValueError(f"{function.name} has no argument that is drawn as {draw}")
    return found[0]


def values(tensor: Tensor, setting: Setting, rng: np.random.Generator) -> NDArray[Any]:
    """One argument."""
    shape, scale = shape_of(tensor, setting.sizes), setting.scale
    if tensor.draw is Draw.SIZE:
        return np.asarray(size_of(tensor, setting.sizes))
    if tensor.draw is Draw.STRENGTH:
        return np.asarray(setting.strength)
    if tensor.draw is Draw.CHOICE:
        return np.asarray(tensor.of)
    if tensor.draw is Draw.SEED:
        return np.asarray(int(rng.integers(1 << 31)))
    if tensor.draw is Draw.RATE:
        return np.asarray(rng.uniform(0.05, 0.5))
    if tensor.draw is Draw.LABELS:
        return class_numbers(shape[0], setting.sizes["C"], rng)
    if tensor.draw is Draw.UPSTREAM:
        return np.asarray(setting.upstream * rng.standard_normal(shape))
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
    drawn = np.asarray(normal * _scales(tensor, shape, scale) * -np.sign(normal.flat[0]))
    return _within_reach(drawn) if tensor.draw is Draw.LOGITS else drawn


def _scales(tensor: Tensor, shape: tuple[int, ...], scale: float) -> FloatArray:
    """The scale of each row, the same but at scale 30: there every second example of a batch is at MIDDLE."""
    scales = np.full((shape[0], *(1,) * (len(shape) - 1)), scale)
    if scale > MIDDLE and tensor.axes[0] == "N":
        scales[1::2] = MIDDLE
    return scales


def _within_reach(logits: FloatArray) -> FloatArray:
    """Logits (N, C), the rows that spread wider than FARTHEST shrunk to it."""
    spread = np.ptp(logits, axis=-1, keepdims=True)
    return np.asarray(logits * (FARTHEST / np.maximum(spread, FARTHEST)))


def one_hot(shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """One-hot rows (N, C); every class appears when N >= C."""
    rows, classes = shape
    return np.asarray(np.eye(classes)[_mixed(rows, classes, rng)])


def class_numbers(rows: int, classes: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Class numbers (N,) int64; every class appears when N >= C, and the last one always.

    Who counts the classes by `y.max() + 1` is right wherever the last one occurs, as it does in any real data.
    """
    numbers = _mixed(rows, classes, rng)
    if numbers.size and numbers.max() < classes - 1:
        numbers[0] = classes - 1
    return numbers


def _mixed(rows: int, classes: int, rng: np.random.Generator) -> NDArray[np.int64]:
    return np.concatenate([rng.permutation(classes) for _ in range(-(-rows // classes))])[:rows]


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
    target, prediction = (probe.arguments[name_of(function, kind)] for kind in (Draw.ONE_HOT, Draw.PROBABILITIES))
    prediction = prediction.copy()
    for row, label in enumerate(target.argmax(axis=1)):
        prediction[row, (label + 1) % target.shape[1]] = 0.0
    normalised = prediction / prediction.sum(axis=1, keepdims=True)
    arguments = {**probe.arguments, name_of(function, Draw.PROBABILITIES): normalised}
    return Probe(probe.name, 1.0, SCALE_1_AGAIN, arguments)


def huge_vector(function: Function, rng: np.random.Generator) -> Probe:
    """One vector of logits around 1000, the last one 0."""
    offset = np.full(SCALE_1_AGAIN["C"], 1000.0)
    offset[-1] = 0.0
    return _with_logits(function, rng, "logits of 1000", offset)


def low_vector(function: Function, rng: np.random.Generator) -> Probe:
    """One vector of logits around -1000: a maximum that starts from 0 leaves 0/0."""
    return _with_logits(function, rng, "logits of -1000", np.full(SCALE_1_AGAIN["C"], -1000.0))


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
    "huge_vector": huge_vector,
    "low_vector": low_vector,
    "zero_probability": zero_probability,
}
"""The stability cases an assignment can name."""
