import math

import numpy as np

N_PARAMS = 4
INITIAL_VELOCITY = 0.0
TINY = 0.0


def relu(x):
    out = np.zeros(x.shape)
    for j in range(x.shape[1]):
        col = x[:, j].copy()
        col[col < 0.0] = 0.0
        out[:, j] = col
    return out


def softmax(logits):
    rows, cols = logits.shape
    top = logits[:, 0].copy()
    for k in range(1, cols):
        top = np.maximum(top, logits[:, k])
    out = np.empty((rows, cols))
    total = np.zeros(rows)
    for k in range(cols):
        out[:, k] = np.exp(logits[:, k] - top)
        total += out[:, k]
    for k in range(cols):
        out[:, k] /= total
    return out


def compute_layer(x, w, b):
    out = np.empty((x.shape[0], w.shape[1]))
    bias = np.ravel(b)
    for h in range(w.shape[1]):
        out[:, h] = x.dot(w[:, h]) + bias[h]
    return out


def average_ce(target, prediction):
    n_rows, n_cols = target.shape
    acc = 0.0
    for n in range(n_rows):
        for k in range(n_cols):
            if target[n, k] > TINY:
                p = prediction[n, k]
                acc -= target[n, k] * (math.log(p) if p > 0.0 else -math.inf)
    return acc / n_rows


def grad_ce(target, logits):
    grad = softmax(logits)
    for k in range(grad.shape[1]):
        grad[:, k] -= target[:, k]
    grad *= 1.0 / grad.shape[0]
    return grad


class Net:
    """Holds references to the parameters and the gradient buffers (w_h, b_h, w_o, b_o in this order)."""

    def __init__(self, w_h, b_h, w_o, b_o):
        self.p = [w_h, b_h, w_o, b_o]
        self.g = [np.zeros(np.shape(q)) for q in self.p]

    def forward(self, x):
        self.x = x
        self.z_h = compute_layer(x, self.p[0], self.p[1])
        self.a_h = relu(self.z_h)
        self.z_o = compute_layer(self.a_h, self.p[2], self.p[3])
        self.prob = softmax(self.z_o)

    def backward(self, target):
        for k in range(N_PARAMS):
            self.g[k].fill(0.0)
        d_o = grad_ce(target, self.z_o)
        d_h = np.zeros(self.z_h.shape)
        for h in range(d_h.shape[1]):
            d_h[:, h] = d_o.dot(self.p[2][h]) * (self.z_h[:, h] > 0.0)
        for h in range(d_h.shape[1]):
            self.g[0][:, h] += self.x.T.dot(d_h[:, h])
        for k in range(d_o.shape[1]):
            self.g[2][:, k] += self.a_h.T.dot(d_o[:, k])
        for n in range(d_h.shape[0]):
            self.g[1] += d_h[n]
            self.g[3] += d_o[n]


def forward_prop(x, w_h, b_h, w_o, b_o):
    net = Net(w_h, b_h, w_o, b_o)
    net.forward(x)
    return net.z_h, net.a_h, net.z_o, net.prob


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    net = Net(w_h, b_h, w_o, b_o)
    net.forward(x)
    net.backward(target)
    return net.g[0], net.g[1], net.g[2], net.g[3]


def fill_normal(rng, out):
    """out (in/out): normal entries, variance 2 / (rows + columns)."""
    sigma = math.sqrt(2.0 / (out.shape[0] + out.shape[1]))
    out[:] = rng.normal(0.0, sigma, out.shape)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w_h = np.zeros((x.shape[1], hidden))
    w_o = np.zeros((hidden, t.shape[1]))
    fill_normal(rng, w_h)
    fill_normal(rng, w_o)
    net = Net(w_h, np.zeros((1, hidden)), w_o, np.zeros((1, t.shape[1])))
    vel = [np.full(q.shape, INITIAL_VELOCITY) for q in net.p]
    for epoch in range(epochs):
        net.forward(x)
        net.backward(t)
        for k in range(len(net.p)):
            vel[k] *= gamma
            vel[k] += lr * net.g[k]
            net.p[k] -= vel[k]
    return {"w_h": net.p[0], "b_h": net.p[1], "w_o": net.p[2], "b_o": net.p[3]}
