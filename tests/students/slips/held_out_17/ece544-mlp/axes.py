# n example, i input of a layer, o output of a layer; the hidden axes of one layer are the inputs of the next
import math

import numpy as np


def sigma(z):
    # logistic of every entry; two branches so that exp never gets a large number
    flat = [1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v)) for v in np.ravel(z)]
    return np.reshape(flat, np.shape(z))


def forward(X, params, act):
    L = len(params) // 2
    a_ni = X
    trail = []
    for l in range(1, L + 1):
        z_no = np.einsum("ni,io->no", a_ni, params[f"W{l}"])
        z_no = z_no + np.reshape(params[f"b{l}"], (1, -1))
        trail.append((l, a_ni, z_no))
        if l < L:
            a_ni = {"relu": lambda z: np.where(z > 0, z, 0.0), "sigmoid": sigma, "tanh": np.tanh}[act](z_no)
    lse_n = np.logaddexp.reduce(z_no, axis=-1)
    probs_no = np.exp(z_no - lse_n[:, None])
    return probs_no, (trail, probs_no, dict(params), act)


def backward(cache, T):
    trail, probs_no, params, act = cache
    N = T.shape[0]
    d_no = (probs_no - T) / N
    grads = {}
    for l, a_ni, z_no in trail[::-1]:
        if f"W{l + 1}" in params:
            # d_no is still that of the layer above (its inputs are our outputs): through its weights, then the slope
            up_no = np.einsum("nk,ok->no", d_no, params[f"W{l + 1}"])
            if act == "relu":
                d_no = np.einsum("no,no->no", up_no, z_no > 0)
            elif act == "sigmoid":
                d_no = np.einsum("no,no,no->no", up_no, sigma(z_no), sigma(-z_no))
            else:
                d_no = up_no - np.einsum("no,no,no->no", up_no, np.tanh(z_no), np.tanh(z_no))
        grads[f"W{l}"] = np.einsum("ni,no->io", a_ni, d_no)
        grads[f"b{l}"] = np.einsum("no->o", d_no)[None, :]
    return grads


def predict(X, params, act):
    return np.array([int(np.argmax(p_o)) for p_o in forward(X, params, act)[0]])


def confusion_matrix(y, yhat, K):
    t_nk = np.eye(K)[y]
    p_nk = np.eye(K)[yhat]
    return np.einsum("nt,np->tp", t_nk, p_nk)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    try:
        widths = list(hidden)
    except TypeError:
        widths = [hidden]
    C = len(set(y.tolist()) | set(yv.tolist()))
    C = max(C, 1 + int(np.max(y)))
    widths = [X.shape[1]] + widths + [C]
    w = {}
    for l in range(1, len(widths)):
        i, o = widths[l - 1], widths[l]
        w[f"W{l}"] = rng.standard_normal((i, o)) * math.sqrt(2 / i if act == "relu" else 2 / (i + o))
        w[f"b{l}"] = np.zeros((1, o))
    v = {k: 0.0 for k in w}
    N = len(X)
    for _ in range(epochs):
        left = rng.permutation(N)
        while len(left):
            n, left = left[:batch_size], left[batch_size:]
            _, cache = forward(X[n], w, act)
            g = backward(cache, np.equal.outer(y[n], np.arange(C)).astype(float))
            for k in w:
                v[k] = momentum * v[k] + lr * g[k]
                w[k] = w[k] - v[k]
    return w
