"""Datasets: handwritten digits that ship with Chainrule, two generated ones, and redrawn splits of any."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from reference.arrays import Array, Labels


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Inputs (N, D) and their class numbers (N,), each below `classes`."""

    inputs: Array
    labels: Labels
    classes: int

    @property
    def targets(self) -> Array:
        """The labels one-hot, (N, C)."""
        return one_hot(self.labels, self.classes)


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Three datasets without a common example."""

    train: Dataset
    valid: Dataset
    test: Dataset


def one_hot(labels: Labels, classes: int) -> Array:
    """t_nk = 1[k = label_n], (N,) -> (N, C)."""
    targets = np.zeros((len(labels), classes))
    targets[np.arange(len(labels)), labels] = 1.0
    return targets


def by_class(dataset: Dataset) -> Dataset:
    """The same examples sorted by class: mini-batches in this order hold one class, or two, at a time."""
    order = np.argsort(dataset.labels, kind="stable")
    return Dataset(dataset.inputs[order], dataset.labels[order], dataset.classes)


def digits() -> Dataset:
    """1797 handwritten digits of 8x8 pixels scaled to 0..1, D = 64, C = 10 (source: datasets/README.md)."""
    with np.load(Path(__file__).parent / "datasets" / "digits.npz", allow_pickle=False) as file:
        images, labels = file["images"], file["labels"]
    return Dataset(images.reshape(len(images), -1) / 16.0, labels.astype(np.int64), 10)


def spiral(
    rng: np.random.Generator, per_class: int = 200, classes: int = 3, noise: float = 0.2, inner: float = 0.0
) -> Dataset:
    """Interleaved spiral arms in the plane, D = 2: no straight line separates them. noise: radians, one sd.

    inner: the radius at which the arms begin; at 0 they meet, and no class is right there.
    """
    radius = np.linspace(inner, 1.0, per_class)
    arms = []
    for arm in range(classes):
        angle = np.linspace(4.0 * arm, 4.0 * (arm + 1), per_class) + rng.normal(0.0, noise, per_class)
        arms.append(np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1))
    return Dataset(np.concatenate(arms), np.repeat(np.arange(classes), per_class), classes)


def blobs(
    rng: np.random.Generator, per_class: int = 100, classes: int = 3, dimensions: int = 2, spread: float = 0.5
) -> Dataset:
    """Round clouds of standard deviation `spread` around corners of a cube of side 4, one a class; easily separated."""
    if classes > 2**dimensions:
        raise ValueError(f"{dimensions} dimensions have {2**dimensions} corners, too few for {classes} classes")
    corners = 4.0 * np.array([[(c >> d) & 1 for d in range(dimensions)] for c in range(classes)], dtype=np.float64)
    labels = np.repeat(np.arange(classes), per_class)
    return Dataset(corners[labels] + rng.normal(0.0, spread, (len(labels), dimensions)), labels, classes)


def redrawn(dataset: Dataset, rng: np.random.Generator, *, train: int, valid: int, test: int) -> Split:
    """A split of the given sizes with rows drawn anew and both pixels and class numbers permuted.

    The same permutations hold in all three sets, so that a memorised answer is worth nothing and a learned one is.
    """
    count, dimensions = dataset.inputs.shape
    if train + valid + test > count:
        raise ValueError(f"{train} + {valid} + {test} examples asked of {count}")
    rows, pixels, classes = rng.permutation(count), rng.permutation(dimensions), rng.permutation(dataset.classes)

    def part(start: int, size: int) -> Dataset:
        chosen = rows[start : start + size]
        return Dataset(dataset.inputs[chosen][:, pixels], classes[dataset.labels[chosen]], dataset.classes)

    return Split(part(0, train), part(train, valid), part(train + valid, test))


def _drawn_digits(rng: np.random.Generator) -> Split:
    return redrawn(digits(), rng, train=1197, valid=200, test=400)


def _drawn_spiral(rng: np.random.Generator) -> Split:
    # Arms that begin apart: a network that is right is then right nearly everywhere, and a threshold near 1 is fair.
    return redrawn(spiral(rng, noise=0.1, inner=0.15), rng, train=400, valid=50, test=150)


def _drawn_blobs(rng: np.random.Generator) -> Split:
    return redrawn(blobs(rng), rng, train=200, valid=40, test=60)


DRAWN: Mapping[str, Callable[[np.random.Generator], Split]] = MappingProxyType(
    {"digits": _drawn_digits, "spiral": _drawn_spiral, "blobs": _drawn_blobs}
)
"""The datasets a training check may name, each as a fresh split no submission has seen."""
