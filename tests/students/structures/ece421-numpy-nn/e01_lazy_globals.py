"""ECE421 A2. Several things are made at import and used inside the functions below."""
import numpy as np

np.set_printoptions(precision=4, suppress=True)
rng = np.random.default_rng(421)
GAIN = 2.0


def glorot(fan_in, fan_out, generator=rng):
    return generator.normal(0.0, np.sqrt(GAIN / (fan_in + fan_out)), (fan_in, fan_out))


# a small network to try things with, and an identity
W0 = glorot(4, 3)
EYE = np.eye(10)
PROBE = W0.shape[0]

_ones = None
_first_weights = {}


def _column_of_ones(n):
    """(n, 1) ones, grown when a larger batch comes."""
    global _ones
    if _ones is None or len(_ones) < n:
        _ones = np.ones((max(n, PROBE), 1))
    return _ones[:n]


def relu(x):
    return (x > 0) * x


def softmax(logits):
    numerators = np.exp(logits - np.max(logits, 1, keepdims=True))
    return numerators / (numerators @ np.ones((numerators.shape[1], 1)))


def compute_layer(x, w, b):
    return np.matmul(x, w) + _column_of_ones(len(x)) @ np.reshape(b, (1, -1))


def average_ce(target, prediction):
    rows, columns = np.nonzero(target)
    return -np.log(prediction[rows, columns]).sum() / target.shape[0]


def grad_ce(target, logits):
    c = logits.shape[1]
    eye = EYE if c == len(EYE) else np.eye(c)
    classes = np.argmax(target, axis=1)
    return (softmax(logits) - eye[classes]) / len(classes)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = relu(np.sign(z_h)) * (d_o @ w_o.T)
    ones = _column_of_ones(len(x)).T
    return x.T @ d_h, ones @ d_h, a_h.T @ d_o, ones @ d_o


def _start(D, hidden, C, seed):
    key = (D, hidden, C, seed)
    if key not in _first_weights:
        g = np.random.default_rng(seed)
        _first_weights[key] = glorot(D, hidden, g), np.zeros((1, hidden)), glorot(hidden, C, g), np.zeros((1, C))
    return [w.copy() for w in _first_weights[key]]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    weights = _start(x.shape[1], hidden, t.shape[1], seed)
    speed = [0.0] * 4
    for epoch in range(epochs):
        for i, g in enumerate(backward_prop(x, t, *weights)):
            speed[i] = gamma * speed[i] + lr * g
        for i in range(4):
            weights[i] = weights[i] - speed[i]
    return {"w_h": weights[0], "b_h": weights[1], "w_o": weights[2], "b_o": weights[3]}


if __name__ == "__main__":
    with np.load("notMNIST.npz") as data:
        print(data["images"].shape)
