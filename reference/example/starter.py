"""The sigmoid and its backward pass. NumPy only; write both functions."""

import numpy as np


def sigmoid(z):
    """z (N, D) float64 -> (N, D) float64: 1 / (1 + exp(-z)) of every entry."""
    raise NotImplementedError


def sigmoid_backward(z, dout):
    """z, dout (N, D) float64 -> dz (N, D) float64: the gradient by z, where dout is the gradient by sigmoid(z)."""
    raise NotImplementedError
