"""First weights: normal with a spread that keeps the size of activations from layer to layer."""

import numpy as np

from reference.arrays import Array


def xavier(rng: np.random.Generator, inputs: int, outputs: int) -> Array:
    """W ~ normal(0, sqrt(2 / (inputs + outputs))), shape (inputs, outputs) (Glorot and Bengio, 2010)."""
    return rng.normal(0.0, np.sqrt(2.0 / (inputs + outputs)), (inputs, outputs))


def he(rng: np.random.Generator, inputs: int, outputs: int) -> Array:
    """W ~ normal(0, sqrt(2 / inputs)), shape (inputs, outputs), made for ReLU (He et al., 2015)."""
    return rng.normal(0.0, np.sqrt(2.0 / inputs), (inputs, outputs))
