import numpy as np

F = np.float32


def relu(x):
    return np.maximum(F(0), np.asarray(x, F))


def softmax(logits):
    z = np.asarray(logits, dtype=F)
    z = z - z.max(1)[:, np.newaxis]
    ez = np.exp(z)
    return ez / ez.sum(1)[:, np.newaxis]


def compute_layer(x, w, b):
    return np.asarray(x, F).dot(np.asarray(w, F)) + np.asarray(b, F)


def average_ce(target, prediction):
    t, p = np.asarray(target, F), np.asarray(prediction, F)
    return -np.mean(np.log(np.maximum((t * p).sum(1), F(1e-30))))


def grad_ce(target, logits):
    return (softmax(logits) - np.asarray(target, F)) / F(len(target))


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    x = np.asarray(x, F)
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    dz_o = grad_ce(target, z_o)
    dz_h = dz_o.dot(np.asarray(w_o, F).T)
    dz_h[z_h <= 0] = 0
    return x.T.dot(dz_h), dz_h.sum(0, keepdims=True), a_h.T.dot(dz_o), dz_o.sum(0, keepdims=True)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    x, t = x.astype(F), t.astype(F)
    D, C = x.shape[1], t.shape[1]
    w_h = (rng.normal(size=(D, hidden)) * np.sqrt(2 / (D + hidden))).astype(F)
    w_o = (rng.normal(size=(hidden, C)) * np.sqrt(2 / (hidden + C))).astype(F)
    params = [w_h, np.zeros((1, hidden), F), w_o, np.zeros((1, C), F)]
    vel = [np.zeros_like(q) for q in params]
    for _ in range(epochs):
        grads = backward_prop(x, t, *params)
        for q, v, g in zip(params, vel, grads):
            v *= F(gamma)
            v += F(lr) * g
            q -= v
    return dict(w_h=params[0], b_h=params[1], w_o=params[2], b_o=params[3])
