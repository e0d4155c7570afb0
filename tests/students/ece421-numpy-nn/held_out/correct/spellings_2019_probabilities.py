"""Style: 2019's CE and gradCE by the probabilities (-t/p/N), computeLayer, W and X in capitals."""
import numpy as np


def relu(x):
    return np.where(x < 0, 0, x)


def softmax(x):
    ex = np.exp(x - np.max(x, axis=1, keepdims=True))
    return ex / np.sum(ex, axis=1, keepdims=True)


def computeLayer(X, W, b):
    return X @ W + b


def CE(target, prediction):
    N = prediction.shape[0]
    return -1.0 / N * np.sum(target * np.log(prediction + 1e-15))


def gradCE(target, prediction):
    N = prediction.shape[0]
    return -1.0 / N * target / prediction


def forward_prop(x, w_h, b_h, w_o, b_o):
    s_h = computeLayer(x, w_h, b_h)
    x_h = relu(s_h)
    s_o = computeLayer(x_h, w_o, b_o)
    return s_h, x_h, s_o, softmax(s_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    s_h, x_h, s_o, y = forward_prop(x, w_h, b_h, w_o, b_o)
    N = x.shape[0]
    ds_o = (y - target) / N
    dw_o = np.transpose(x_h) @ ds_o
    db_o = np.ones((1, N)) @ ds_o
    ds_h = (ds_o @ np.transpose(w_o)) * (s_h > 0)
    return np.transpose(x) @ ds_h, np.ones((1, N)) @ ds_h, dw_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    np.random.seed(seed)
    params = [np.random.randn(x.shape[1], hidden) * np.sqrt(2 / (x.shape[1] + hidden)), np.zeros((1, hidden)),
              np.random.randn(hidden, t.shape[1]) * np.sqrt(2 / (hidden + t.shape[1])), np.zeros((1, t.shape[1]))]
    vs = [np.zeros_like(p) for p in params]
    for e in range(epochs):
        for i, g in enumerate(backward_prop(x, t, *params)):
            vs[i] = gamma * vs[i] + lr * g
            params[i] = params[i] - vs[i]
    return dict(zip(["w_h", "b_h", "w_o", "b_o"], params))
