import numpy as np


def relu(x):
    y = x.copy()
    y[y < 0] = 0
    return y


def softmax(logits):
    shifted = (logits.T - logits.max(axis=1)).T
    exps = np.exp(shifted)
    return (exps.T / exps.sum(axis=1)).T


def compute_layer(x, w, b):
    ones = np.ones((x.shape[0], 1))
    return np.hstack([x, ones]) @ np.vstack([w, np.reshape(b, (1, -1))])


def average_ce(target, prediction):
    return np.sum(target * -np.log(prediction + 1e-7)) / target.shape[0]


def grad_ce(target, logits):
    return -(target - softmax(logits)) / target.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    dz_o = grad_ce(target, z_o)
    da_h = dz_o @ w_o.transpose()
    dz_h = da_h.copy()
    dz_h[z_h <= 0] = 0
    ones = np.ones((1, x.shape[0]))
    return x.transpose() @ dz_h, ones @ dz_h, a_h.transpose() @ dz_o, ones @ dz_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rs = np.random.RandomState(seed)
    w_h = rs.randn(x.shape[1], hidden) * np.sqrt(2.0 / (x.shape[1] + hidden))
    w_o = rs.randn(hidden, t.shape[1]) * np.sqrt(2.0 / (hidden + t.shape[1]))
    b_h = np.zeros((1, hidden))
    b_o = np.zeros((1, t.shape[1]))
    v = None
    epoch = 0
    while epoch < epochs:
        g = backward_prop(x, t, w_h, b_h, w_o, b_o)
        if v is None:
            v = [lr * gi for gi in g]
        else:
            v = [gamma * vi + lr * gi for vi, gi in zip(v, g)]
        w_h, b_h, w_o, b_o = (p - vi for p, vi in zip((w_h, b_h, w_o, b_o), v))
        epoch += 1
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
