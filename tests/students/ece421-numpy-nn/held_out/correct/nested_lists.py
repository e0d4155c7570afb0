"""Style: Python lists of lists inside and as results; arrays only where training needs speed."""
import math
import numpy as np


def relu(x):
    return [[v if v > 0 else 0.0 for v in row] for row in x.tolist()]


def softmax(logits):
    rows = []
    for row in logits.tolist():
        m = max(row)
        exps = [math.exp(v - m) for v in row]
        s = sum(exps)
        rows.append([v / s for v in exps])
    return rows


def compute_layer(x, w, b):
    columns = list(zip(*w.tolist()))
    bias = np.ravel(b).tolist()
    return [[sum(a * c for a, c in zip(row, col)) + bias[j] for j, col in enumerate(columns)] for row in x.tolist()]


def average_ce(target, prediction):
    losses = []
    for t_row, p_row in zip(target.tolist(), prediction.tolist()):
        losses.append(-sum(t * math.log(max(p, 1e-15)) for t, p in zip(t_row, p_row) if t))
    return sum(losses) / len(losses)


def grad_ce(target, logits):
    n = len(target)
    return [[(p - t) / n for p, t in zip(pr, tr)] for pr, tr in zip(softmax(logits), target.tolist())]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(np.array(z_h))
    z_o = compute_layer(np.array(a_h), w_o, b_o)
    return [z_h, a_h, z_o, softmax(np.array(z_o))]


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = [np.array(part) for part in forward_prop(x, w_h, b_h, w_o, b_o)]
    d_o = (p - target) / len(x)
    d_h = np.array([[g if z > 0 else 0.0 for g, z in zip(gr, zr)] for gr, zr in zip(d_o.dot(w_o.T), z_h)])
    return [x.T.dot(d_h).tolist(), [d_h.sum(0).tolist()], a_h.T.dot(d_o).tolist(), [d_o.sum(0).tolist()]]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.RandomState(seed)
    sizes = [x.shape[1], hidden, t.shape[1]]
    w_h = rng.randn(sizes[0], sizes[1]) * math.sqrt(2 / (sizes[0] + sizes[1]))
    w_o = rng.randn(sizes[1], sizes[2]) * math.sqrt(2 / (sizes[1] + sizes[2]))
    b_h, b_o = np.zeros((1, sizes[1])), np.zeros((1, sizes[2]))
    vel = [np.zeros(p.shape) for p in (w_h, b_h, w_o, b_o)]
    for _ in range(epochs):
        z = x.dot(w_h) + b_h
        a = z * (z > 0)
        o = a.dot(w_o) + b_o
        e = np.exp(o - o.max(axis=1)[:, None])
        d = (e / e.sum(axis=1)[:, None] - t) / len(x)
        h = d.dot(w_o.T) * (z > 0)
        grads = [x.T.dot(h), h.sum(0)[None], a.T.dot(d), d.sum(0)[None]]
        vel = [gamma * v + lr * g for v, g in zip(vel, grads)]
        w_h, b_h, w_o, b_o = [p - v for p, v in zip((w_h, b_h, w_o, b_o), vel)]
    return dict(w_h=w_h.tolist(), b_h=b_h.tolist(), w_o=w_o.tolist(), b_o=b_o.tolist())
