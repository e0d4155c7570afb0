import numpy as np
from itertools import count

ACTIVE = lambda z: z > 0

def relu(x):
    return x * ACTIVE(x)

def softmax(logits):
    # 1 / sum_k exp(z_k - z_j), no overflow that matters
    with np.errstate(over='ignore'):
        differences = logits[:, None, :] - logits[:, :, None]
        return 1.0 / np.exp(differences).sum(axis=2)

def compute_layer(x, w, b):
    rows = [sum(x[:, [i]] * w[[i], :] for i in range(x.shape[1]))]
    return rows[0] + b

def average_ce(target, prediction):
    mask = target != 0
    return -(target[mask] * np.log(prediction[mask] + 1e-15)).sum() / target.shape[0]

def grad_ce(target, logits):
    p = softmax(logits)
    # J[n, j, k] = dp[n, j] / dz[n, k], contracted with dL/dp = -t/p
    J = p[:, :, None] * (np.eye(p.shape[1])[None] - p[:, None, :])
    # t/p * p: cancel p by hand, otherwise 0/0
    return -np.einsum('nj,njk->nk', target, np.eye(p.shape[1])[None] - p[:, None, :]) / len(p)

def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h); a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o); p = softmax(z_o)
    return z_h, a_h, z_o, p

def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    sums = [np.zeros(np.shape(w)) for w in (w_h, b_h, w_o, b_o)]
    for n in range(len(x)):
        e = grad_ce(target[n:n + 1], z_o[n:n + 1])[0]
        back = (w_o @ e) * ACTIVE(z_h[n])
        sums[0] += np.outer(x[n], back)
        sums[1] += back
        sums[2] += np.outer(a_h[n], e)
        sums[3] += e
    return tuple(s / len(x) for s in sums)

def fast_gradients(x, t, w_h, b_h, w_o, b_o):
    # same as backward_prop, without the loop
    z = x @ w_h + b_h
    a = relu(z)
    s = a @ w_o + b_o
    e = np.exp(s - s.max(1, keepdims=True))
    d = (e / e.sum(1, keepdims=True) - t) / len(x)
    back = (d @ w_o.T) * ACTIVE(z)
    return x.T @ back, back.sum(0, keepdims=True), a.T @ d, d.sum(0, keepdims=True)

def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, C = x.shape[1], t.shape[1]
    state = [[rng.normal(0, (2 / (D + hidden)) ** .5, (D, hidden)), 0.0], [np.zeros((1, hidden)), 0.0],
             [rng.normal(0, (2 / (C + hidden)) ** .5, (hidden, C)), 0.0], [np.zeros((1, C)), 0.0]]
    for epoch in count():
        if epoch == epochs:
            break
        grads = fast_gradients(x, t, *(w for w, _ in state))
        state = [[w - (gamma * v + lr * g), gamma * v + lr * g] for (w, v), g in zip(state, grads)]
    return dict(zip(['w_h', 'b_h', 'w_o', 'b_o'], (w for w, _ in state)))
