from functools import reduce

import numpy as np


def stable_sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


activations = {
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "sigmoid": stable_sigmoid,
    "tanh": np.tanh,
}
slopes = {
    "relu": lambda a: (a > 0).astype(float),
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a**2,
}


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def layers_of(params):
    return [{"W": params[f"W{i}"], "b": params[f"b{i}"]} for i in range(1, len(params) // 2 + 1)]


def forward(X, params, act):
    *hidden, last = layers_of(params)
    fire = activations[act]
    push = lambda outputs, layer: outputs + [fire(outputs[-1] @ layer["W"] + layer["b"])]
    outputs = reduce(push, hidden, [X])
    probs = softmax(outputs[-1] @ last["W"] + last["b"])
    return probs, {"outputs": outputs, "layers": [*hidden, last], "probs": probs, "act": act}


def backward(cache, T):
    slope = slopes[cache["act"]]
    depth = len(cache["layers"])

    def walk(i, delta):
        inputs, layer = cache["outputs"][i - 1], cache["layers"][i - 1]
        here = {f"W{i}": inputs.T @ delta, f"b{i}": delta.sum(axis=0, keepdims=True)}
        if i == 1:
            return here
        return {**walk(i - 1, (delta @ layer["W"].T) * slope(inputs)), **here}

    return walk(depth, (cache["probs"] - T) / len(T))


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(axis=1)


def confusion_matrix(y, yhat, K):
    codes = map(lambda pair: int(pair[0]) * K + int(pair[1]), zip(y, yhat))
    return np.bincount(list(codes), minlength=K * K).reshape(K, K)


def build(sizes, act, rng):
    scale = lambda fan_in, fan_out: np.sqrt(2 / fan_in if act == "relu" else 2 / (fan_in + fan_out))
    pairs = list(zip(sizes, sizes[1:]))
    weights = {f"W{i}": rng.normal(0, scale(*pair), pair) for i, pair in enumerate(pairs, 1)}
    biases = {f"b{i}": np.zeros((1, pair[1])) for i, pair in enumerate(pairs, 1)}
    return {**weights, **biases}


def make_optimizer(options):
    velocity = {}

    def step(params, grads):
        def next_value(name):
            velocity[name] = options["momentum"] * velocity.get(name, 0.0) + options["lr"] * grads[name]
            return params[name] - velocity[name]

        return {name: next_value(name) for name in params}

    return step


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    units = list(hidden) if isinstance(hidden, (tuple, list)) else [int(hidden)]
    classes = int(max(y.max(), yv.max())) + 1
    T = np.eye(classes)[y]
    params = build([X.shape[1], *units, classes], act, rng)
    step = make_optimizer({"lr": lr, "momentum": momentum})

    def batches():
        order = rng.permutation(len(X))
        shuffled = {"X": X[order], "T": T[order]}
        for start in range(0, len(X), batch_size):
            yield shuffled["X"][start : start + batch_size], shuffled["T"][start : start + batch_size]

    for _ in range(epochs):
        for inputs, targets in batches():
            _, cache = forward(inputs, params, act)
            params = step(params, backward(cache, targets))
    return params
