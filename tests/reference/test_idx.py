"""The IDX reader on small files made here, and on every way such a file can be wrong."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from reference.errors import DatasetInvalid
from reference.idx import mnist, read_idx

IMAGES = bytes(range(0, 240, 20))


def _idx(kind: int, shape: tuple[int, ...], data: bytes) -> bytes:
    return struct.pack(">HBB", 0, kind, len(shape)) + struct.pack(f">{len(shape)}I", *shape) + data


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def images(tmp_path: Path) -> Path:
    return _write(tmp_path / "images", _idx(8, (3, 2, 2), IMAGES))


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    return _write(tmp_path / "labels", _idx(8, (3,), b"\x07\x00\x09"))


def test_plain_files_give_scaled_rows(images: Path, labels: Path) -> None:
    dataset = mnist(images, labels)
    np.testing.assert_allclose(dataset.inputs, np.arange(0, 240, 20).reshape(3, 4) / 255)
    assert dataset.labels.tolist() == [7, 0, 9]
    assert dataset.targets.shape == (3, 10)


def test_gzipped_files_are_recognised_by_their_content(tmp_path: Path, images: Path, labels: Path) -> None:
    zipped = _write(tmp_path / "no-suffix", gzip.compress(images.read_bytes(), mtime=0))
    np.testing.assert_array_equal(mnist(zipped, labels).inputs, mnist(images, labels).inputs)


@pytest.mark.parametrize(
    ("kind", "code"), [(0x09, "b"), (0x0B, "h"), (0x0C, "i"), (0x0D, "f"), (0x0E, "d")], ids=lambda value: str(value)
)
def test_every_entry_type_arrives_in_native_byte_order(tmp_path: Path, kind: int, code: str) -> None:
    found = read_idx(_write(tmp_path / "file", _idx(kind, (2,), struct.pack(f">2{code}", -2, 100))))
    assert found.tolist() == [-2, 100]
    assert found.dtype.isnative


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "0 bytes are too few"),
        (b"\x00\x00\x08", "3 bytes are too few"),
        (b"<html>", "3c68746d does not start an IDX file"),
        (_idx(0x07, (1,), b"\x00"), "00000701 does not start"),
        (_idx(0x08, (), b""), "00000800 does not start"),
        (b"\x00\x00\x08\x03\x00\x00\x00\x01", "before its 3 sizes"),
        (_idx(8, (5,), b"abcd"), "promises 5 bytes of data, the file has 4"),
        (_idx(8, (5,), b"abcdef"), "promises 5 bytes of data, the file has more"),
        (gzip.compress(_idx(8, (5,), b"abcde"), mtime=0)[:-9], "gzip data is damaged"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, data: bytes, message: str) -> None:
    path = _write(tmp_path / "file", data)
    with pytest.raises(DatasetInvalid, match=message) as caught:
        read_idx(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_idx(8, (2,), b"\x01\x02"), "has 3 images, .* has 2 labels"),
        (_idx(8, (3,), b"\x01\x02\x0a"), "a label is 10"),
        (_idx(8, (3, 1), b"\x01\x02\x03"), "labels are bytes on 1 axis, not uint8 on 2"),
    ],
)
def test_labels_that_do_not_fit_are_refused(tmp_path: Path, images: Path, data: bytes, message: str) -> None:
    with pytest.raises(DatasetInvalid, match=message):
        mnist(images, _write(tmp_path / "other", data))


def test_swapped_files_are_noticed(images: Path, labels: Path) -> None:
    with pytest.raises(DatasetInvalid, match="images are bytes on 3 axes, not uint8 on 1"):
        mnist(labels, images)


def test_a_missing_file_is_an_os_error(tmp_path: Path, labels: Path) -> None:
    with pytest.raises(FileNotFoundError):
        mnist(tmp_path / "nowhere", labels)
