"""Neural network in NumPy. Write the bodies; keep the names and the order of the arguments.

All arrays are float64. N examples are N rows; D inputs, H hidden units, C classes (any C from 2 up, not only 10).
Targets are one-hot rows. Change no argument: make new arrays. The handout says what each function must give.
"""

import numpy as np  # noqa: F401 - for the bodies to come


def relu(x):
    """x (N, D) -> (N, D): max(x, 0), entry by entry."""
    raise NotImplementedError


def softmax(logits):
    """logits (N, C) -> (N, C): probabilities, each row sums to 1. Logits of 1000 give no NaN."""
    raise NotImplementedError


def compute_layer(x, w, b):
    """x (N, D), w (D, H), b (1, H) -> (N, H): x w + b."""
    raise NotImplementedError


def average_ce(target, prediction):
    """target (N, C) one-hot, prediction (N, C) probabilities -> a number: the average cross-entropy, 0 log 0 = 0."""
    raise NotImplementedError


def grad_ce(target, logits):
    """target (N, C) one-hot, logits (N, C) -> (N, C): derivative of average_ce(target, softmax(logits)) by logits."""
    raise NotImplementedError


def forward_prop(x, w_h, b_h, w_o, b_o):
    """x (N, D), w_h (D, H), b_h (1, H), w_o (H, C), b_o (1, C) -> z_h (N, H), a_h (N, H), z_o (N, C), p (N, C)."""
    raise NotImplementedError


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    """As forward_prop, with target (N, C) one-hot -> dW_h (D, H), db_h (1, H), dW_o (H, C), db_o (1, C).

    Derivatives of the average cross-entropy by each weight and bias.
    """
    raise NotImplementedError


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    """x (N, D), t (N, C) to train on, xv (M, D), tv (M, C) to validate on -> {"w_h", "b_h", "w_o", "b_o"}.

    Full batch, `epochs` steps of v = gamma v + lr gradient, w = w - v, v = 0 at first. The same seed gives the same
    first weights: draw them from np.random.default_rng(seed). epochs = 0 returns them untouched.
    """
    raise NotImplementedError
