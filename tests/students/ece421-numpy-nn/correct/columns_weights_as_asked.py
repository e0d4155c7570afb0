"""Style: one example is one column, S = W^T X + b with W (D, H) and b (H, 1), as in the textbooks."""
import numpy as np


def relu(S):
    return S * (S > 0)


def softmax(S):
    E = np.exp(S - S.max(axis=0))
    return E / E.sum(axis=0)


def computeLayer(X, W, b):
    return W.T.dot(X) + b


def averageCE(target, prediction):
    K, N = target.shape
    picked = prediction[target == 1]
    return float(-np.log(np.maximum(picked, 1e-12)).sum() / N)


def gradCE(target, prediction):
    K, N = target.shape
    return -1.0 / N * target / prediction


def forward_prop(X, W_h, b_h, W_o, b_o):
    S_h = computeLayer(X, W_h, b_h)
    X_h = relu(S_h)
    S_o = computeLayer(X_h, W_o, b_o)
    return S_h, X_h, S_o, softmax(S_o)


def backward_prop(X, T, W_h, b_h, W_o, b_o):
    S_h, X_h, S_o, P = forward_prop(X, W_h, b_h, W_o, b_o)
    d_o = (P - T) / X.shape[1]
    d_h = W_o.dot(d_o) * (S_h > 0)
    return X.dot(d_h.T), d_h.sum(axis=1)[:, None], X_h.dot(d_o.T), d_o.sum(axis=1)[:, None]


def train(X, T, Xv, Tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    F, K = X.shape[0], T.shape[0]
    weights = {
        "w_h": rng.normal(0, np.sqrt(2.0 / (F + hidden)), (F, hidden)),
        "b_h": np.zeros((hidden, 1)),
        "w_o": rng.normal(0, np.sqrt(2.0 / (hidden + K)), (hidden, K)),
        "b_o": np.zeros((K, 1)),
    }
    velocity = {name: np.zeros_like(value) for name, value in weights.items()}
    for _ in range(epochs):
        slopes = backward_prop(X, T, weights["w_h"], weights["b_h"], weights["w_o"], weights["b_o"])
        for name, slope in zip(("w_h", "b_h", "w_o", "b_o"), slopes):
            velocity[name] = gamma * velocity[name] + lr * slope
            weights[name] = weights[name] - velocity[name]
    return weights
