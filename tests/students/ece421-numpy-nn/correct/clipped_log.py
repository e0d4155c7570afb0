import numpy as np

EPS = 1e-12


def logsumexp(z):
    m = z.max(axis=1, keepdims=True)
    return m + np.log(np.exp(z - m).sum(axis=1, keepdims=True))


def log_softmax(z):
    return z - logsumexp(z)


def relu(x):
    return np.where(x > 0, x, 0.0)


def softmax(logits):
    return np.exp(log_softmax(logits))


def compute_layer(x, w, b):
    return b + x.dot(w)


def average_ce(target, prediction):
    clipped = np.clip(prediction, EPS, 1.0)
    return np.average(-(target * np.log(clipped)).sum(axis=1))


def grad_ce(target, logits):
    N = logits.shape[0]
    return np.exp(log_softmax(logits)) / N - target / N


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    """Sum over the batch first, divide by N at the very end."""
    N = x.shape[0]
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = p - target
    delta_h = np.where(z_h > 0, delta_o.dot(w_o.T), 0.0)
    dW_o, db_o = a_h.T.dot(delta_o) / N, np.mean(delta_o, axis=0, keepdims=True)
    dW_h, db_h = x.T.dot(delta_h) / N, np.mean(delta_h, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    gen = np.random.Generator(np.random.PCG64(seed))
    w_h = gen.normal(scale=0.01, size=(x.shape[1], hidden))
    w_o = gen.normal(scale=0.01, size=(hidden, t.shape[1]))
    b_h, b_o = np.zeros((1, hidden)), np.zeros((1, t.shape[1]))
    vw_h, vb_h, vw_o, vb_o = (np.zeros(a.shape) for a in (w_h, b_h, w_o, b_o))
    for _ in range(epochs):
        dW_h, db_h, dW_o, db_o = backward_prop(x, t, w_h, b_h, w_o, b_o)
        vw_h = gamma * vw_h + lr * dW_h
        vb_h = gamma * vb_h + lr * db_h
        vw_o = gamma * vw_o + lr * dW_o
        vb_o = gamma * vb_o + lr * db_o
        w_h = w_h - vw_h
        b_h = b_h - vb_h
        w_o = w_o - vw_o
        b_o = b_o - vb_o
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
