"""MLP with one flat vector of parameters while it trains; recursion over the layers on the way back."""

import numpy as np

VALUE = {
    "relu": lambda z: np.maximum(z, 0.0),
    "tanh": lambda z: np.tanh(z),
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2),
}
SLOPE = {
    "relu": lambda a: np.where(a > 0, 1.0, 0.0),
    "tanh": lambda a: 1.0 - np.power(a, 2),
    "sigmoid": lambda a: a * (1.0 - a),
}


def forward(X, params, act):
    activations = [np.asarray(X)]
    L = len(params) // 2
    for i in range(L):
        z = np.dot(activations[i], params["W%d" % (i + 1)]) + params["b%d" % (i + 1)]
        activations.append(VALUE[act](z) if i + 1 < L else z)
    logits = activations.pop()
    log_probs = logits - logits.max(axis=1).reshape(-1, 1)
    log_probs = log_probs - np.log(np.exp(log_probs).sum(axis=1)).reshape(-1, 1)
    probs = np.exp(log_probs)
    cache = {"a": activations, "p": probs, "weights": [params["W%d" % (i + 1)] for i in range(L)], "act": act}
    return probs, cache


def backward(cache, T):
    grads = {}

    def descend(i, delta):
        if i < 0:
            return
        a = cache["a"][i]
        grads["W%d" % (i + 1)] = np.einsum("ni,nj->ij", a, delta)
        grads["b%d" % (i + 1)] = np.einsum("nj->j", delta).reshape(1, -1)
        descend(i - 1, np.einsum("nj,ij->ni", delta, cache["weights"][i]) * SLOPE[cache["act"]](a))

    descend(len(cache["weights"]) - 1, (cache["p"] - T) / T.shape[0])
    return grads


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return probs.argmax(axis=1)


def confusion_matrix(y, yhat, K):
    table, _, _ = np.histogram2d(y, yhat, bins=np.arange(K + 1))
    return table.astype(int)


def flatten(arrays):
    return np.concatenate([np.ravel(arrays[name]) for name in sorted(arrays)])


def restore(vector, shapes):
    params, at = {}, 0
    for name in sorted(shapes):
        size = int(np.prod(shapes[name]))
        params[name] = vector[at : at + size].reshape(shapes[name])
        at += size
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    sizes = np.r_[X.shape[1], hidden, max(max(y), max(yv)) + 1].astype(int)
    targets = np.zeros((len(y), sizes[-1]))
    targets[np.arange(len(y)), y] = 1
    first = {}
    for i, (m, n) in enumerate(zip(sizes[:-1], sizes[1:])):
        variance = 2 / m if act == "relu" else 2 / (m + n)
        first["W%d" % (i + 1)] = np.sqrt(variance) * rng.normal(size=(m, n))
        first["b%d" % (i + 1)] = np.zeros((1, n))
    shapes = {name: value.shape for name, value in first.items()}
    theta = flatten(first)
    velocity = np.zeros_like(theta)
    for _ in range(epochs):
        order = rng.permutation(len(y))
        begin = 0
        while begin < len(y):
            batch = order[begin : begin + batch_size]
            _, cache = forward(X[batch], restore(theta, shapes), act)
            velocity = momentum * velocity + lr * flatten(backward(cache, targets[batch]))
            theta = theta - velocity
            begin += batch_size
    return restore(theta, shapes)
