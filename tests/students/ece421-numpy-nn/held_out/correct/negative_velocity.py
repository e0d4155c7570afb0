"""Style: v = gamma*v - lr*g; w += v. Prints each epoch. In-place arithmetic on its own copies."""
import numpy as np


def relu(x):
    return x.clip(min=0)


def softmax(logits):
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    e /= e.sum(axis=1, keepdims=True)
    return e


def compute_layer(x, w, b):
    out = np.dot(x, w)
    out += b
    return out


def average_ce(target, prediction):
    N = target.shape[0]
    return (-1 / N) * np.trace(target @ np.log(prediction + 1e-15).T)


def grad_ce(target, logits):
    return -(target - softmax(logits)) / target.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    dW_o = a_h.T.dot(d_o)
    db_o = np.ones((1, d_o.shape[0])).dot(d_o)
    d_h = d_o.dot(w_o.T)
    d_h[a_h == 0] = 0
    dW_h = x.T.dot(d_h)
    db_h = np.ones((1, d_h.shape[0])).dot(d_h)
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    v = [np.zeros(p.shape) for p in w]
    for epoch in range(epochs):
        grads = backward_prop(x, t, *w)
        for i in range(len(w)):
            v[i] = gamma * v[i] - lr * grads[i]
            w[i] += v[i]
        print("epoch", epoch, "loss", average_ce(t, forward_prop(x, *w)[3]))
    return {"w_h": w[0], "b_h": w[1], "w_o": w[2], "b_o": w[3]}
