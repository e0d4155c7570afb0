import numpy as np


def relu(x, alpha):
    return np.maximum(alpha * x, x)


def softmax(x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def compute_layer(w, x, b):
    return x @ w + b


def average_ce(prediction, target):
    return -np.mean(np.sum(target * np.log(prediction), axis=1))


def grad_ce(logits, target):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - target) / len(target)


def forward_prop(x, params):
    return x @ params["w_h"]


def backward_prop(x, target, params):
    return {"dW_h": x.T @ target}


def train(x, t, epochs=200):
    return np.zeros((x.shape[1], 64)), np.zeros((64, t.shape[1]))
