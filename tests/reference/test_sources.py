"""Where experiments get their examples: the digits, four IDX files, or one archive; and what is refused."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from reference.errors import DatasetInvalid
from reference.sources import shipped, supplied

RNG = np.random.default_rng(5)


def write_mnist(folder: Path, *, train: int = 90, test: int | None = 30, side: int = 4, zipped: bool = False) -> Path:
    """IDX files of random images whose first pixel is the label."""
    for prefix, count in (("train", train), ("t10k", test)):
        if count is None:
            continue
        labels = (np.arange(count) % 10).astype(np.uint8)
        images = RNG.integers(0, 256, (count, side, side), dtype=np.uint8)
        images[:, 0, 0] = labels
        for name, data in (
            (f"{prefix}-images-idx3-ubyte", struct.pack(">4I", 0x803, count, side, side) + images.tobytes()),
            (f"{prefix}-labels-idx1-ubyte", struct.pack(">2I", 0x801, count) + labels.tobytes()),
        ):
            (folder / (name + ".gz" * zipped)).write_bytes(gzip.compress(data) if zipped else data)
    return folder


def test_digits_keep_their_pixels_and_classes() -> None:
    split = shipped().split(np.random.default_rng(0))
    sizes = [len(part.labels) for part in (split.train, split.valid, split.test)]
    rows = {row.tobytes() for part in (split.train, split.valid, split.test) for row in part.inputs}

    assert sizes == [1197, 200, 400]
    assert rows <= {row.tobytes() for row in shipped().examples.inputs}
    # The corner of a digit is always blank; permuted pixels would not keep it there.
    assert split.train.inputs[:, 0].max() == 0


@pytest.mark.parametrize("zipped", [False, True])
def test_four_idx_files_are_mnist_with_its_own_test_set(zipped: bool, tmp_path: Path) -> None:
    source = supplied("mnist", write_mnist(tmp_path, zipped=zipped))
    split = source.split(np.random.default_rng(0))

    assert source.own
    assert (len(split.train.labels), len(split.valid.labels), len(split.test.labels)) == (78, 12, 30)
    for part in (split.train, split.valid, split.test):
        np.testing.assert_array_equal(np.rint(part.inputs[:, 0] * 255), part.labels)


def test_without_a_test_set_one_is_drawn(tmp_path: Path) -> None:
    split = supplied("mnist", write_mnist(tmp_path, test=None)).split(np.random.default_rng(0))
    assert (len(split.train.labels), len(split.valid.labels), len(split.test.labels)) == (60, 10, 20)


def test_one_archive_is_notmnist(tmp_path: Path) -> None:
    labels = np.arange(45) % 10
    np.savez(tmp_path / "notMNIST.npz", Images=np.zeros((45, 28, 28), np.uint8), Labels=labels)
    source = supplied("notmnist", tmp_path)

    assert source.name == "notmnist"
    assert source.examples.inputs.shape == (45, 784)


def test_an_empty_folder_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(DatasetInvalid, match="neither train-images-idx3-ubyte"):
        supplied("mnist", tmp_path)


def test_two_archives_are_ambiguous(tmp_path: Path) -> None:
    for name in "ab":
        np.savez(tmp_path / f"{name}.npz", Images=np.zeros((2, 2, 2)), Labels=np.zeros(2, int))
    with pytest.raises(DatasetInvalid, match="exactly one"):
        supplied("notmnist", tmp_path)


def test_too_few_examples_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetInvalid, match="fewer than 20"):
        supplied("mnist", write_mnist(tmp_path, train=19))


def test_another_size_of_test_images_is_refused(tmp_path: Path) -> None:
    write_mnist(tmp_path, test=30, side=5)
    write_mnist(tmp_path, test=None, side=4)
    with pytest.raises(DatasetInvalid, match="another size"):
        supplied("mnist", tmp_path)
