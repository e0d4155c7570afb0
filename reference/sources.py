"""The examples that experiments run on: the digits that ship, or files that somebody has on their own machine.

Unlike a scored split these keep their pixels and classes, so that a confusion matrix reads as it would at home.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reference.data import Dataset, Split, digits
from reference.errors import DatasetInvalid
from reference.idx import mnist
from reference.notmnist import notmnist

MOST_TRAINED_ON = 10_000
"""Examples of somebody's own files that a run trains on: all 60 000 of MNIST would take fifteen runs half an hour."""

MOST_HELD_BACK = 2_000
"""Examples of somebody's own files for each of validation and test."""

MNIST_FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


@dataclass(frozen=True, slots=True)
class Source:
    """Examples under a name. test: where the files keep a test set apart; None where it is drawn from the rest.

    own: from somebody's own files, which may be many times larger than the digits.
    """

    name: str
    examples: Dataset
    test: Dataset | None = None
    own: bool = False

    def split(self, rng: np.random.Generator) -> Split:
        """Three sets drawn anew: 1197, 200 and 400 digits; of own files two thirds, one ninth, two ninths, or less."""
        rows = rng.permutation(len(self.examples.labels))
        if self.test is None:
            held = min(MOST_HELD_BACK, 2 * len(rows) // 9) if self.own else 400
            test, rows = _part(self.examples, rows[:held]), rows[held:]
        else:
            test = _part(self.test, rng.permutation(len(self.test.labels))[:MOST_HELD_BACK])
        held = min(MOST_HELD_BACK, len(rows) // 7) if self.own else 200
        trained = rows[held : held + MOST_TRAINED_ON]
        return Split(_part(self.examples, trained), _part(self.examples, rows[:held]), test)


def shipped() -> Source:
    """The digits of 8x8 pixels that come with Chainrule."""
    return Source("digits", digits())


def supplied(name: str, folder: Path) -> Source:
    """The files of `folder`: four IDX files of MNIST, plain or gzipped, or one .npz of notMNIST.

    Raises DatasetInvalid where they are neither, OSError where they cannot be read.
    """
    found = [_either(folder, file) for file in MNIST_FILES]
    train_images, train_labels, test_images, test_labels = found
    if train_images is not None and train_labels is not None:
        both = test_images is not None and test_labels is not None
        test = mnist(test_images, test_labels) if both and test_images and test_labels else None
        return _checked(Source(name, mnist(train_images, train_labels), test, own=True), folder)
    archives = sorted(folder.glob("*.npz"))
    if len(archives) == 1:
        return _checked(Source(name, notmnist(archives[0]), own=True), folder)
    raise DatasetInvalid(
        f"{folder}: there is neither {MNIST_FILES[0]} with {MNIST_FILES[1]} (plain or .gz) nor exactly one .npz"
    )


def _either(folder: Path, name: str) -> Path | None:
    """The file as it is or gzipped; also with a dot for the second hyphen, as some mirrors write it."""
    head, dot, tail = name.rpartition("-idx")
    names = (name, f"{name}.gz", f"{head}.idx{tail}", f"{head}.idx{tail}.gz") if dot else (name,)
    return next((folder / each for each in names if (folder / each).is_file()), None)


def _checked(source: Source, folder: Path) -> Source:
    sets = [source.examples, *([source.test] if source.test is not None else [])]
    if min(len(each.labels) for each in sets) < 2 * source.examples.classes:
        raise DatasetInvalid(f"{folder}: there are fewer than {2 * source.examples.classes} examples in a set")
    if len({each.inputs.shape[1] for each in sets}) > 1:
        raise DatasetInvalid(f"{folder}: the images of the test set have another size")
    return source


def _part(dataset: Dataset, rows: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]") -> Dataset:
    return Dataset(dataset.inputs[rows], dataset.labels[rows], dataset.classes)
