"""Perceptron of any depth, written for rounding: log-softmax, a sigmoid by sign, derivatives as float masks, guards."""

import numpy as np

FLOAT = np.float64


def _sigmoid(z):
    out = np.empty_like(z)
    positive = z >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-z[positive]))
    small = np.exp(z[~positive])
    out[~positive] = small / (1.0 + small)
    return out


def _sigmoid_of_minus(z):
    """1 - sigmoid(z) without cancellation."""
    return _sigmoid(-z)


def _value(z, act):
    if act == "relu":
        return np.where(z > 0, z, 0.0)
    if act == "sigmoid":
        return _sigmoid(z)
    if act == "tanh":
        return np.tanh(z)
    raise ValueError(f"unknown activation {act!r}")


def _slope(z, act):
    """The derivative at z, as floats."""
    if act == "relu":
        return (z > 0).astype(FLOAT)
    if act == "sigmoid":
        return _sigmoid(z) * _sigmoid_of_minus(z)
    # tanh' = 4 s(2z) s(-2z): no 1 - a^2 that rounds to 0
    return 4.0 * _sigmoid(2.0 * z) * _sigmoid_of_minus(2.0 * z)


def _log_softmax(z):
    shifted = z - np.max(z, axis=1, keepdims=True)
    with np.errstate(under="ignore"):
        return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


def _layers(params):
    return sum(1 for name in params if name.startswith("W"))


def forward(X, params, act):
    value = np.asarray(X, dtype=FLOAT)
    number = _layers(params)
    weights = [np.array(params[f"W{i}"], dtype=FLOAT) for i in range(1, number + 1)]
    biases = [np.array(params[f"b{i}"], dtype=FLOAT).reshape(1, -1) for i in range(1, number + 1)]
    values, sums = [value], []
    for i in range(number):
        z = values[i] @ weights[i] + biases[i]
        sums.append(z)
        if i < number - 1:
            values.append(_value(z, act))
    log_probs = _log_softmax(sums[-1])
    probs = np.exp(log_probs)
    return probs, {"values": values, "sums": sums, "weights": weights, "probs": probs.copy(), "act": act}


def backward(cache, T):
    T = np.asarray(T, dtype=FLOAT)
    n = T.shape[0]
    values, sums, weights = cache["values"], cache["sums"], cache["weights"]
    delta = cache["probs"] - T
    gradients = {}
    for i in reversed(range(len(weights))):
        gradients[f"W{i + 1}"] = (values[i].T @ delta) / n
        gradients[f"b{i + 1}"] = np.sum(delta, axis=0, keepdims=True) / n
        if i > 0:
            delta = (delta @ weights[i].T) * _slope(sums[i - 1], cache["act"])
    return gradients


def predict(X, params, act):
    _, cache = forward(X, params, act)
    # logits, for probabilities may round to equal ones
    return np.argmax(cache["sums"][-1], axis=1)


def confusion_matrix(y, yhat, K):
    y, yhat = np.asarray(y).astype(np.intp).ravel(), np.asarray(yhat).astype(np.intp).ravel()
    rows = (y[:, None] == np.arange(K)).astype(FLOAT)
    columns = (yhat[:, None] == np.arange(K)).astype(FLOAT)
    return np.rint(rows.T @ columns).astype(np.int64)


def _first(rng, inputs, outputs, act):
    variance = 2.0 / inputs if act == "relu" else 2.0 / (inputs + outputs)
    return rng.normal(0.0, np.sqrt(variance), size=(inputs, outputs))


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    X = np.asarray(X, dtype=FLOAT)
    y = np.asarray(y).astype(np.intp)
    number = X.shape[0]
    classes = int(max(np.max(y), np.max(yv))) + 1
    T = np.zeros((number, classes), dtype=FLOAT)
    T[np.arange(number), y] = 1.0
    try:
        widths = tuple(int(h) for h in hidden)
    except TypeError:
        widths = (int(hidden),)
    sizes = (X.shape[1],) + widths + (classes,)
    params, velocity = {}, {}
    for i in range(1, len(sizes)):
        params[f"W{i}"] = _first(rng, sizes[i - 1], sizes[i], act)
        params[f"b{i}"] = np.zeros((1, sizes[i]), dtype=FLOAT)
    for name in params:
        velocity[name] = np.zeros_like(params[name])
    order = np.arange(number)
    for _ in range(epochs):
        rng.shuffle(order)
        for start in range(0, number, batch_size):
            rows = order[start : start + batch_size]
            _, cache = forward(X[rows], params, act)
            gradients = backward(cache, T[rows])
            with np.errstate(under="ignore"):
                for name, gradient in gradients.items():
                    velocity[name] = momentum * velocity[name] + lr * gradient
                    params[name] = params[name] - velocity[name]
    return params
