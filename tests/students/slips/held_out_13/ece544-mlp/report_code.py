"""Multi-layer perceptron for my report, part II.

Layer i: Z = A W + b, A = act(Z). Everything is in rows. The last layer has no activation but a softmax.
"""

from typing import Dict, Tuple

import numpy as np

PRINT_EVERY = 10
VERBOSE = False


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)) without overflow."""
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def activation(z: np.ndarray, act: str) -> np.ndarray:
    if act == "relu":
        return z * (z > 0)
    elif act == "sigmoid":
        return sigmoid(z)
    elif act == "tanh":
        return np.tanh(z)
    raise ValueError("unknown activation " + act)


def activation_derivative(z: np.ndarray, a: np.ndarray, act: str) -> np.ndarray:
    if act == "relu":
        return (z > 0).astype(float)
    elif act == "sigmoid":
        return a * (1 - a)
    elif act == "tanh":
        return 1 - np.square(a)
    raise ValueError("unknown activation " + act)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Row by row."""
    row_max = logits.max(axis=1).reshape(-1, 1)
    e = np.exp(logits - row_max)
    return e / e.sum(axis=1).reshape(-1, 1)


def number_of_layers(params: Dict[str, np.ndarray]) -> int:
    assert len(params) % 2 == 0, "W and b for each layer"
    return len(params) // 2


def forward(X: np.ndarray, params: Dict[str, np.ndarray], act: str) -> Tuple[np.ndarray, dict]:
    L = number_of_layers(params)
    cache = {"act": act, "L": L, "A0": X}
    A = X
    for i in range(1, L + 1):
        Z = np.dot(A, params["W%d" % i]) + params["b%d" % i]
        cache["Z%d" % i] = Z
        cache["W%d" % i] = params["W%d" % i].copy()
        if i == L:
            A = softmax(Z)
        else:
            A = activation(Z, act)
        cache["A%d" % i] = A
    return A, cache


def backward(cache: dict, T: np.ndarray) -> Dict[str, np.ndarray]:
    L, act = cache["L"], cache["act"]
    n_rows = T.shape[0]
    grads = {}
    delta = (cache["A%d" % L] - T) / n_rows
    for i in reversed(range(1, L + 1)):
        grads["W%d" % i] = np.dot(cache["A%d" % (i - 1)].T, delta)
        grads["b%d" % i] = np.sum(delta, axis=0, keepdims=True)
        if i == 1:
            break
        back = np.dot(delta, cache["W%d" % i].T)
        delta = back * activation_derivative(cache["Z%d" % (i - 1)], cache["A%d" % (i - 1)], act)
    return grads


def predict(X: np.ndarray, params: Dict[str, np.ndarray], act: str) -> np.ndarray:
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y: np.ndarray, yhat: np.ndarray, K: int) -> np.ndarray:
    assert len(y) == len(yhat)
    counts = np.zeros((K, K), dtype=int)
    for i in range(len(y)):
        counts[int(y[i]), int(yhat[i])] += 1
    return counts


def one_hot(y: np.ndarray, C: int) -> np.ndarray:
    T = np.zeros((len(y), C))
    T[np.arange(len(y)), y] = 1.0
    return T


def initial_params(sizes, act: str, rng) -> Dict[str, np.ndarray]:
    """Normal, variance 2/inputs for ReLU, 2/(inputs + outputs) otherwise."""
    params = {}
    for i in range(1, len(sizes)):
        n_in, n_out = sizes[i - 1], sizes[i]
        if act == "relu":
            std = np.sqrt(2.0 / n_in)
        else:
            std = np.sqrt(2.0 / (n_in + n_out))
        params["W%d" % i] = std * rng.standard_normal((n_in, n_out))
        params["b%d" % i] = np.zeros((1, n_out))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if isinstance(hidden, (int, np.integer)):
        hidden = (hidden,)
    n_rows, n_inputs = X.shape
    n_classes = int(max(np.max(y), np.max(yv))) + 1
    sizes = [n_inputs] + [int(h) for h in hidden] + [n_classes]
    params = initial_params(sizes, act, rng)
    velocity = {}
    for name in params:
        velocity[name] = np.zeros_like(params[name])
    T = one_hot(y, n_classes)

    history = []
    for epoch in range(epochs):
        order = rng.permutation(n_rows)
        X_shuffled, T_shuffled = X[order], T[order]
        for start in range(0, n_rows, batch_size):
            stop = min(start + batch_size, n_rows)
            X_batch = X_shuffled[start:stop]
            T_batch = T_shuffled[start:stop]
            _, cache = forward(X_batch, params, act)
            grads = backward(cache, T_batch)
            for name in params:
                velocity[name] = momentum * velocity[name] + lr * grads[name]
                params[name] = params[name] - velocity[name]
        if VERBOSE and epoch % PRINT_EVERY == 0:
            history.append(np.mean(predict(Xv, params, act) == yv))
            print("epoch", epoch, "validation accuracy", history[-1])
    return params


if __name__ == "__main__":
    generator = np.random.default_rng(544)
    labels = generator.integers(0, 3, 90)
    points = generator.normal(size=(90, 2)) + 3 * np.eye(3)[labels][:, :2]
    trained = train(points, labels, points, labels, (8, 6), "tanh", generator)
    print(confusion_matrix(labels, predict(points, trained, "tanh"), 3))
    P, kept = forward(points, trained, "tanh")
    g = backward(kept, one_hot(labels, 3))["W2"][1, 2]
    h = 1e-6
    values = []
    for sign in (1, -1):
        moved = {k: v.copy() for k, v in trained.items()}
        moved["W2"][1, 2] += sign * h
        values.append(-np.log(forward(points, moved, "tanh")[0][np.arange(90), labels]).mean())
    print(g, (values[0] - values[1]) / (2 * h))
