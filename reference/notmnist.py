"""Reads the letters A-J of notMNIST from the .npz file an operator supplies."""

import zlib
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from reference.data import Dataset
from reference.errors import DatasetInvalid


def notmnist(path: Path) -> Dataset:
    """Letters with pixels scaled to 0..1, C = 10. Raises DatasetInvalid, or OSError where the file cannot be read.

    The file holds Images (N, 28, 28) with values 0..255 and Labels (N,) from 0 to 9; the keys' case is free. Arrays of
    Python objects are refused, never unpickled.
    """
    try:
        with path.open("rb") as raw:
            file = np.load(raw, allow_pickle=False)
            keys = {key.lower(): key for key in getattr(file, "files", ())}
            missing = [key for key in ("Images", "Labels") if key.lower() not in keys]
            if missing:
                raise DatasetInvalid(f"{path}: there is no array called {' or '.join(missing)}")
            images, labels = file[keys["images"]], file[keys["labels"]]
    except (ValueError, BadZipFile, EOFError, zlib.error) as error:
        raise DatasetInvalid(f"{path}: not an .npz file of plain arrays ({error})") from error
    if images.ndim != 3 or images.dtype.kind not in "uif":
        raise DatasetInvalid(f"{path}: Images are numbers on 3 axes, not {images.dtype} on {images.ndim}")
    if labels.shape != (len(images),) or labels.dtype.kind not in "ui":
        raise DatasetInvalid(f"{path}: Labels are {len(images)} integers, not {labels.dtype} of shape {labels.shape}")
    if labels.size and not 0 <= labels.min() <= labels.max() <= 9:
        raise DatasetInvalid(f"{path}: labels run from {labels.min()} to {labels.max()}, not within 0 to 9")
    return Dataset(images.reshape(len(images), -1) / 255.0, labels.astype(np.int64), 10)
