"""Network of one hidden layer; whatever can be written into memory that is there is written into it."""
import numpy as np


def relu(x):
    out = np.empty_like(x)
    np.maximum(x, 0, out=out)
    return out


def softmax(logits):
    p = np.subtract(logits, np.max(logits, axis=1, keepdims=True))
    np.exp(p, out=p)
    np.divide(p, np.sum(p, axis=1, keepdims=True), out=p)
    return p


def compute_layer(x, w, b):
    z = np.empty((x.shape[0], w.shape[1]))
    np.matmul(x, w, out=z)
    z += b
    return z


def average_ce(target, prediction):
    logs = np.zeros(prediction.shape)
    np.log(prediction, out=logs, where=target > 0)  # elsewhere the zeros stay
    logs *= target
    return -logs.sum() / target.shape[0]


def grad_ce(target, logits):
    d = softmax(logits)
    d -= target
    d /= d.shape[0]
    return d


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, _, d = forward_prop(x, w_h, b_h, w_o, b_o)
    d -= target  # the probabilities become d_o
    d *= 1.0 / x.shape[0]
    dW_h, dW_o = np.empty_like(w_h), np.empty_like(w_o)
    db_h, db_o = np.empty((1, w_h.shape[1])), np.empty((1, w_o.shape[1]))
    np.matmul(a_h.T, d, out=dW_o)
    np.add.reduce(d, axis=0, keepdims=True, out=db_o)
    np.matmul(d, w_o.T, out=a_h)  # a_h has served, its memory takes d_h
    a_h[z_h <= 0] = 0
    np.matmul(x.T, a_h, out=dW_h)
    np.add.reduce(a_h, axis=0, keepdims=True, out=db_h)
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    d, c = x.shape[1], t.shape[1]
    net = {
        "w_h": rng.standard_normal((d, hidden)),
        "b_h": np.zeros((1, hidden)),
        "w_o": rng.standard_normal((hidden, c)),
        "b_o": np.zeros((1, c)),
    }
    for name in ("w_h", "w_o"):
        net[name] *= np.sqrt(2 / sum(net[name].shape))
    velocity = {name: np.zeros_like(w) for name, w in net.items()}
    for epoch in range(epochs):
        steps = backward_prop(x, t, **net)
        for (name, v), g in zip(velocity.items(), steps):
            v *= gamma
            g *= lr
            v += g
            net[name] -= v
    return net
