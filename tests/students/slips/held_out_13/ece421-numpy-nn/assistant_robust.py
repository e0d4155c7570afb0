"""A one-hidden-layer neural network in NumPy.

All public functions accept array-likes, never modify their arguments and
return float64 arrays.
"""

import numpy as np

_WEIGHTS = ("w_h", "b_h", "w_o", "b_o")


def _as_2d(values, name):
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 2:
        raise ValueError(f"{name} must be a 2-D array, got {array.ndim}-D")
    return array


def _as_row(values):
    return np.asarray(values, dtype=np.float64).reshape(1, -1)


def _same_shape(first, second):
    if first.shape != second.shape:
        raise ValueError(f"shapes differ: {first.shape} and {second.shape}")


def relu(x):
    """Return ``max(x, 0)`` element-wise."""
    x = np.asarray(x, dtype=np.float64)
    return np.multiply(x, x > 0.0)


def softmax(logits):
    """Return the row-wise softmax of ``logits``."""
    logits = _as_2d(logits, "logits")
    result = np.empty_like(logits)
    np.subtract(logits, logits.max(axis=1, keepdims=True), out=result)
    np.exp(result, out=result)
    result /= result.sum(axis=1, keepdims=True)
    return result


def compute_layer(x, w, b):
    """Return ``x @ w + b``."""
    x = _as_2d(x, "x")
    w = _as_2d(w, "w")
    if x.shape[1] != w.shape[0]:
        raise ValueError("x and w are not compatible")
    output = x @ w
    output += _as_row(b)
    return output


def average_ce(target, prediction):
    """Return the average cross-entropy, with ``0 log 0 = 0``."""
    target = _as_2d(target, "target")
    prediction = _as_2d(prediction, "prediction")
    _same_shape(target, prediction)
    log_prediction = np.zeros_like(prediction)
    np.log(prediction, out=log_prediction, where=target != 0.0)
    return float(-np.mean(np.sum(target * log_prediction, axis=1)))


def grad_ce(target, logits):
    """Return the gradient of the average cross-entropy by the logits."""
    target = _as_2d(target, "target")
    probabilities = softmax(logits)
    _same_shape(target, probabilities)
    return np.divide(probabilities - target, target.shape[0])


def _forward_cache(x, w_h, b_h, w_o, b_o):
    cache = {"x": _as_2d(x, "x"), "w_o": _as_2d(w_o, "w_o")}
    cache["z_h"] = compute_layer(cache["x"], w_h, b_h)
    cache["a_h"] = relu(cache["z_h"])
    cache["z_o"] = compute_layer(cache["a_h"], w_o, b_o)
    cache["p"] = softmax(cache["z_o"])
    return cache


def _layer_gradients(inputs, delta):
    return np.matmul(inputs.T, delta), np.add.reduce(delta, axis=0, keepdims=True)


def forward_prop(x, w_h, b_h, w_o, b_o):
    """Return ``(z_h, a_h, z_o, p)``."""
    cache = _forward_cache(x, w_h, b_h, w_o, b_o)
    return cache["z_h"], cache["a_h"], cache["z_o"], cache["p"]


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    """Return ``(dW_h, db_h, dW_o, db_o)``."""
    cache = _forward_cache(x, w_h, b_h, w_o, b_o)
    target = _as_2d(target, "target")
    delta_o = np.divide(cache["p"] - target, target.shape[0])
    delta_h = delta_o @ cache["w_o"].T
    np.copyto(delta_h, 0.0, where=cache["z_h"] <= 0.0)
    dW_o, db_o = _layer_gradients(cache["a_h"], delta_o)
    dW_h, db_h = _layer_gradients(cache["x"], delta_h)
    return dW_h, db_h, dW_o, db_o


class _Momentum:
    """Heavy-ball momentum; changes the arrays it was given in place."""

    def __init__(self, parameters, lr, gamma):
        self.parameters = parameters
        self.lr = lr
        self.gamma = gamma
        self.velocities = {name: np.zeros_like(value) for name, value in parameters.items()}

    def step(self, gradients):
        for name, parameter in self.parameters.items():
            velocity = self.velocities[name]
            velocity *= self.gamma
            velocity += self.lr * gradients[name].reshape(velocity.shape)
            parameter -= velocity


def _initialise(inputs, hidden, outputs, seed):
    rng = np.random.default_rng(seed)
    return {
        "w_h": rng.normal(0.0, np.sqrt(2.0 / (inputs + hidden)), size=(inputs, hidden)),
        "b_h": np.zeros((1, hidden)),
        "w_o": rng.normal(0.0, np.sqrt(2.0 / (hidden + outputs)), size=(hidden, outputs)),
        "b_o": np.zeros((1, outputs)),
    }


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    """Train with full-batch gradient descent and momentum."""
    x = _as_2d(x, "x")
    t = _as_2d(t, "t")
    if x.shape[0] != t.shape[0]:
        raise ValueError("x and t must have the same number of rows")
    parameters = _initialise(x.shape[1], hidden, t.shape[1], seed)
    optimiser = _Momentum(parameters, lr, gamma)
    for _ in range(epochs):
        gradients = backward_prop(x, t, *(parameters[name] for name in _WEIGHTS))
        optimiser.step(dict(zip(_WEIGHTS, gradients)))
    return parameters
