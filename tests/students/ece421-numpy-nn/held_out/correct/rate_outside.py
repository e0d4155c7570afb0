"""Style: v = gamma*v + g; w -= lr*v, equal for a constant rate; a while loop; keyword arguments ignored."""
import numpy as np


def relu(x, *unused):
    return np.max(np.stack([x, np.zeros_like(x)]), axis=0)


def softmax(logits, axis=1):
    e = np.exp(logits - np.max(logits, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def compute_layer(x, w, b=0):
    return x @ w + b


def average_ce(target, prediction, eps=1e-6):
    return -np.sum(target * np.log(np.clip(prediction, eps, 1.0))) / len(target)


def grad_ce(target, logits):
    return (softmax(logits) - target) / len(target)


def forward_prop(x, w_h, b_h, w_o, b_o, **kwargs):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o, cache=None):
    z_h, a_h, z_o, p = cache or forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = d_o @ w_o.T * (z_h > 0)
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)


def train(x, t, xv=None, tv=None, *, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0, **ignored):
    rng = np.random.default_rng(seed)
    w_h = rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1]))
    weights = {"w_h": w_h, "b_h": np.zeros((1, hidden)), "w_o": w_o, "b_o": np.zeros((1, t.shape[1]))}
    velocity = dict.fromkeys(weights, 0.0)
    step = 0
    while step < epochs:
        for (name, _), g in zip(list(weights.items()), backward_prop(x, t, **weights)):
            velocity[name] = gamma * velocity[name] + g
            weights[name] = weights[name] - lr * velocity[name]
        step += 1
    return weights
