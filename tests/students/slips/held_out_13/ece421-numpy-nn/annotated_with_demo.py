"""ECE421 Assignment 2, part 1 - neural network with numpy.

Contents
--------
1. helper functions
2. forward and backward propagation
3. training with momentum
4. a gradient check (only when run as a script)
"""
import time
from typing import Dict, List, Optional, Tuple

import numpy as np

Array = np.ndarray
EPSILON: float = 1e-15
PARAM_KEYS: Tuple[str, ...] = ("w_h", "b_h", "w_o", "b_o")
VERBOSE: bool = False
PRINT_INTERVAL: int = 50


def relu(x: Array) -> Array:
    """ReLU activation."""
    out = np.zeros(x.shape, dtype=float)
    positive = x > 0
    out[positive] = x[positive]
    return out


def relu_grad(z: Array) -> Array:
    """Derivative of relu at z."""
    return (z > 0).astype(np.float64)


def softmax(logits: Array) -> Array:
    """Softmax over each row."""
    row_max = np.amax(logits, axis=1, keepdims=True)
    exp = np.exp(logits - row_max)
    total = np.sum(exp, axis=1, keepdims=True)
    probs = exp / total
    assert probs.shape == logits.shape
    return probs


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    """Affine layer."""
    assert x.shape[1] == w.shape[0], "x and w do not match"
    return np.add(np.matmul(x, w), b)


def average_ce(target: Array, prediction: Array) -> float:
    """Average cross entropy.

    The prediction is clipped so that log(0) is never taken.
    """
    N = target.shape[0]
    clipped = np.clip(prediction, EPSILON, 1.0)
    per_example = -np.sum(target * np.log(clipped), axis=1)
    return float(np.sum(per_example) / N)


def grad_ce(target: Array, logits: Array) -> Array:
    """Gradient of average_ce(target, softmax(logits)) with respect to the logits."""
    N = target.shape[0]
    grad = softmax(logits)
    grad = grad - target
    return grad / N


def accuracy(target: Array, prediction: Array) -> float:
    return float(np.mean(np.argmax(target, axis=1) == np.argmax(prediction, axis=1)))


def forward_prop(x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> Tuple[Array, Array, Array, Array]:
    """Forward pass: hidden input, hidden output, logits, probabilities."""
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x: Array, target: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array):
    """Backward pass."""
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)

    # output layer
    delta_o = grad_ce(target, z_o)
    dW_o = np.matmul(a_h.T, delta_o)
    db_o = np.matmul(np.ones((1, x.shape[0])), delta_o)

    # hidden layer
    delta_h = np.matmul(delta_o, w_o.T) * relu_grad(z_h)
    dW_h = np.matmul(x.T, delta_h)
    db_h = np.matmul(np.ones((1, x.shape[0])), delta_h)

    assert dW_h.shape == w_h.shape
    assert dW_o.shape == w_o.shape
    return dW_h, db_h, dW_o, db_o


def xavier(rng: np.random.Generator, n_in: int, n_out: int) -> Array:
    """Xavier initialisation."""
    std = np.sqrt(2.0 / (n_in + n_out))
    return rng.normal(loc=0.0, scale=std, size=(n_in, n_out))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0) -> Dict[str, Array]:
    """Full batch gradient descent with momentum."""
    rng = np.random.default_rng(seed)
    D = x.shape[1]
    C = t.shape[1]

    params: Dict[str, Array] = {
        "w_h": xavier(rng, D, hidden),
        "b_h": np.zeros((1, hidden)),
        "w_o": xavier(rng, hidden, C),
        "b_o": np.zeros((1, C)),
    }
    velocity: Dict[str, Array] = {}
    for key in PARAM_KEYS:
        velocity[key] = np.zeros_like(params[key])

    train_losses: List[float] = []
    valid_losses: List[float] = []
    started: Optional[float] = time.perf_counter()

    for epoch in range(epochs):
        grads = backward_prop(x, t, params["w_h"], params["b_h"], params["w_o"], params["b_o"])
        for key, grad in zip(PARAM_KEYS, grads):
            velocity[key] = gamma * velocity[key] + lr * grad
            params[key] = params[key] - velocity[key]

        if VERBOSE and (epoch + 1) % PRINT_INTERVAL == 0:
            p_train = forward_prop(x, *params.values())[3]
            p_valid = forward_prop(xv, *params.values())[3]
            train_losses.append(average_ce(t, p_train))
            valid_losses.append(average_ce(tv, p_valid))
            print("epoch", epoch + 1, "loss", train_losses[-1], valid_losses[-1], "acc", accuracy(tv, p_valid))
            print("seconds", time.perf_counter() - started)

    return params


def numeric(f, w: Array, h: float = 1e-6) -> Array:
    out = np.zeros_like(w)
    for ij in np.ndindex(*w.shape):
        up, down = w.copy(), w.copy()
        up[ij] += h
        down[ij] -= h
        out[ij] = (f(up) - f(down)) / (2 * h)
    return out


if __name__ == "__main__":
    gen = np.random.default_rng(3)
    X, T = gen.normal(size=(6, 4)), np.eye(3)[gen.integers(0, 3, 6)]
    W = [gen.normal(size=s) for s in ((4, 5), (1, 5), (5, 3), (1, 3))]
    analytic = backward_prop(X, T, *W)
    for k in range(4):
        def loss_at(w, k=k):
            return average_ce(T, forward_prop(X, *W[:k], w, *W[k + 1:])[3])
        print(PARAM_KEYS[k], np.abs(numeric(loss_at, W[k]) - analytic[k]).max())
