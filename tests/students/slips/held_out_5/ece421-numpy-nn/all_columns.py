import numpy as np

# Convention in this file: every example is a COLUMN. x is D x N, w is (out, in), b is (out, 1).

def relu(x):
    return np.where(x < 0, 0., x)

def softmax(logits):
    m = logits.max(axis=0)
    e = np.exp(logits - m)
    return e / e.sum(axis=0)

def compute_layer(x, w, b):
    return w @ x + b

def average_ce(target, prediction):
    safe = np.where(target == 1, prediction, 1)
    return -np.log(safe).sum() / target.shape[1]

def grad_ce(target, logits):
    return (softmax(logits) - target) / target.shape[1]

def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)

def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / x.shape[1]
    d_h = (w_o.T @ d_o) * (z_h > 0)
    return d_h @ x.T, d_h.sum(axis=1, keepdims=True), d_o @ a_h.T, d_o.sum(axis=1, keepdims=True)

def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    gen = np.random.default_rng(seed)
    D, C = x.shape[0], t.shape[0]
    w = [gen.normal(0, np.sqrt(2 / (D + hidden)), (hidden, D)), np.zeros((hidden, 1)),
         gen.normal(0, np.sqrt(2 / (hidden + C)), (C, hidden)), np.zeros((C, 1))]
    v = [0 * a for a in w]
    for e in range(epochs):
        for i, g in enumerate(backward_prop(x, t, *w)):
            v[i] = gamma * v[i] + lr * g
        w = [a - b for a, b in zip(w, v)]
    return {'w_h': w[0], 'b_h': w[1], 'w_o': w[2], 'b_o': w[3]}
