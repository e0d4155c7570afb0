"""The notMNIST reader on small files made here; Python objects in a file are never unpickled."""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reference.errors import DatasetInvalid
from reference.notmnist import notmnist

IMAGES = np.arange(8, dtype=np.uint8).reshape(2, 2, 2)


class Bomb:
    """Would be called by unpickling."""

    def __reduce__(self) -> tuple[object, ...]:
        return (pytest.fail, ("the file was unpickled",))


@pytest.mark.parametrize("keys", [("Images", "Labels"), ("images", "labels")])
def test_letters_are_scaled_rows(tmp_path: Path, keys: tuple[str, str]) -> None:
    path = tmp_path / "letters.npz"
    np.savez(path, allow_pickle=False, **{keys[0]: IMAGES, keys[1]: np.array([9, 0])})
    dataset = notmnist(path)
    np.testing.assert_allclose(dataset.inputs, np.arange(8).reshape(2, 4) / 255)
    assert dataset.labels.tolist() == [9, 0]
    assert dataset.classes == 10


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"Images": IMAGES}, "no array called Labels"),
        ({}, "no array called Images or Labels"),
        ({"Images": IMAGES[0], "Labels": np.array([1, 2])}, "numbers on 3 axes, not uint8 on 2"),
        ({"Images": IMAGES, "Labels": np.array([1])}, r"Labels are 2 integers, not int64 of shape \(1,\)"),
        ({"Images": IMAGES, "Labels": np.array([1.0, 2.0])}, "Labels are 2 integers, not float64"),
        ({"Images": IMAGES, "Labels": np.array([1, 10])}, "run from 1 to 10"),
        ({"Images": np.array([[["a"]]]), "Labels": np.array([1])}, "numbers on 3 axes"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, arrays: dict[str, NDArray[Any]], message: str) -> None:
    path = tmp_path / "letters.npz"
    np.savez(path, allow_pickle=False, **arrays)
    with pytest.raises(DatasetInvalid, match=message):
        notmnist(path)


def test_python_objects_are_refused_without_unpickling(tmp_path: Path) -> None:
    path = tmp_path / "letters.npz"
    bomb = np.empty(2, dtype=object)
    bomb[:] = [Bomb(), Bomb()]
    np.savez(path, Images=IMAGES, Labels=bomb)
    with pytest.raises(DatasetInvalid, match="plain arrays"):
        notmnist(path)


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04broken"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "letters.npz"
    path.write_bytes(data)
    with pytest.raises(DatasetInvalid, match=r"not an \.npz file"):
        notmnist(path)


def test_a_single_array_has_no_names(tmp_path: Path) -> None:
    path = tmp_path / "letters.npy"
    np.save(path, IMAGES)
    with pytest.raises(DatasetInvalid, match="no array called Images or Labels"):
        notmnist(path)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letters.npz"
    np.savez_compressed(path, Images=np.zeros((5, 28, 28), np.uint8), Labels=np.zeros(5, np.int64))
    with zipfile.ZipFile(path) as archive:
        start = archive.infolist()[0].header_offset + 60
    damaged = bytearray(path.read_bytes())
    damaged[start : start + 8] = b"\xff" * 8
    path.write_bytes(bytes(damaged))
    with pytest.raises(DatasetInvalid, match=r"not an \.npz file"):
        notmnist(path)
