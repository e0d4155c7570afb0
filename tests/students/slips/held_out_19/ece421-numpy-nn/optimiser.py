"""Few passes over memory: preallocated buffers, views of one parameter vector, in-place arithmetic on own arrays."""
import numpy as np


def relu(x):
    return np.maximum(x, 0.0)


def softmax(logits):
    p = np.subtract(logits, logits.max(1, keepdims=True))
    np.exp(p, out=p)
    p /= p.sum(1, keepdims=True)
    return p


def compute_layer(x, w, b):
    z = np.dot(x, w)
    z += b
    return z


def average_ce(target, prediction):
    logs = np.log(np.clip(prediction, 1e-15, None))
    return -np.vdot(target, logs) / target.shape[0]


def grad_ce(target, logits):
    d = softmax(logits)
    d -= target
    d *= 1.0 / target.shape[0]
    return d


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, d_o = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o -= target
    d_o /= x.shape[0]
    d_h = np.dot(d_o, w_o.T)
    d_h *= z_h > 0
    ones = np.ones((1, x.shape[0]))
    return np.dot(x.T, d_h), ones.dot(d_h), np.dot(a_h.T, d_o), ones.dot(d_o)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    n, d = x.shape
    c = t.shape[1]
    rng = np.random.default_rng(seed)
    # all parameters, velocities, gradients in one vector each; the matrices are views
    ends = np.cumsum([d * hidden, hidden, hidden * c, c])
    theta, vel, grad = np.zeros(ends[-1]), np.zeros(ends[-1]), np.empty(ends[-1])

    def views(flat):
        return (flat[: ends[0]].reshape(d, hidden), flat[ends[0] : ends[1]].reshape(1, hidden),
                flat[ends[1] : ends[2]].reshape(hidden, c), flat[ends[2] :].reshape(1, c))

    w_h, b_h, w_o, b_o = views(theta)
    g_wh, g_bh, g_wo, g_bo = views(grad)
    w_h[...] = rng.normal(0, np.sqrt(2 / (d + hidden)), (d, hidden))
    w_o[...] = rng.normal(0, np.sqrt(2 / (hidden + c)), (hidden, c))

    # buffers of the loop
    h, dh, mask, o = np.empty((n, hidden)), np.empty((n, hidden)), np.empty((n, hidden), bool), np.empty((n, c))
    for _ in range(epochs):
        np.dot(x, w_h, out=h)
        h += b_h
        np.greater(h, 0, out=mask)
        h *= mask
        np.dot(h, w_o, out=o)
        o += b_o
        o -= o.max(1, keepdims=True)
        np.exp(o, out=o)
        o /= o.sum(1, keepdims=True)
        o -= t
        o /= n
        np.dot(h.T, o, out=g_wo)
        np.sum(o, axis=0, keepdims=True, out=g_bo)
        np.dot(o, w_o.T, out=dh)
        dh *= mask
        np.dot(x.T, dh, out=g_wh)
        np.sum(dh, axis=0, keepdims=True, out=g_bh)
        vel *= gamma
        grad *= lr
        vel += grad
        theta -= vel
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
