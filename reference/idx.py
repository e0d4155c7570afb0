"""Reads MNIST from the IDX files an operator supplies, plain or gzipped (format: yann.lecun.com/exdb/mnist)."""

import gzip
import zlib
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from reference.data import Dataset
from reference.errors import DatasetInvalid

GZIP_MAGIC = b"\x1f\x8b"
ENTRY_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def mnist(images: Path, labels: Path) -> Dataset:
    """Digits 0-9 with pixels scaled to 0..1. Raises DatasetInvalid, or OSError where a file cannot be read."""
    pixels, numbers = read_idx(images), read_idx(labels)
    if pixels.ndim != 3 or pixels.dtype != np.uint8:
        raise DatasetInvalid(f"{images}: images are bytes on 3 axes, not {pixels.dtype} on {pixels.ndim}")
    if numbers.ndim != 1 or numbers.dtype != np.uint8:
        raise DatasetInvalid(f"{labels}: labels are bytes on 1 axis, not {numbers.dtype} on {numbers.ndim}")
    if len(pixels) != len(numbers):
        raise DatasetInvalid(f"{images} has {len(pixels)} images, {labels} has {len(numbers)} labels")
    if numbers.size and numbers.max() > 9:
        raise DatasetInvalid(f"{labels}: a label is {numbers.max()}, and digits end at 9")
    return Dataset(pixels.reshape(len(pixels), -1) / 255.0, numbers.astype(np.int64), 10)


def read_idx(path: Path) -> NDArray[Any]:
    """The array in an IDX file, in this machine's byte order. Raises DatasetInvalid, or OSError."""
    with path.open("rb") as raw:
        zipped = raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        raw.seek(0)
        if not zipped:
            return _parse(raw, path)
        try:
            with gzip.open(raw) as file:
                return _parse(cast(BinaryIO, file), path)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise DatasetInvalid(f"{path}: its gzip data is damaged ({error})") from error


def _parse(file: BinaryIO, path: Path) -> NDArray[Any]:
    head = file.read(4)
    if len(head) < 4:
        raise DatasetInvalid(f"{path}: {len(head)} bytes are too few for an IDX header")
    if head[:2] != b"\0\0" or head[2] not in ENTRY_TYPES or head[3] == 0:
        raise DatasetInvalid(f"{path}: {head.hex()} does not start an IDX file")
    sizes = file.read(4 * head[3])
    if len(sizes) < 4 * head[3]:
        raise DatasetInvalid(f"{path}: the header ends before its {head[3]} sizes")
    shape = [int.from_bytes(sizes[start : start + 4], "big") for start in range(0, len(sizes), 4)]
    kind = np.dtype(ENTRY_TYPES[head[2]])
    expected = kind.itemsize
    for size in shape:
        expected *= size
    data = file.read(expected + 1)
    if len(data) != expected:
        found = "more" if len(data) > expected else f"{len(data)}"
        raise DatasetInvalid(f"{path}: the header promises {expected} bytes of data, the file has {found}")
    return np.frombuffer(data, kind).reshape(shape).astype(kind.newbyteorder("="))
