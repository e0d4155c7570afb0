"""Every random choice of a grading comes from its seed, so that the same seed replays it bit for bit."""

import hashlib

import numpy as np


def generator(seed: str, *labels: str) -> np.random.Generator:
    """A generator for one purpose: SHA-256 of the seed and the labels, so that purposes do not disturb each other."""
    digest = hashlib.sha256("\x00".join((seed, *labels)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype=np.uint32))
