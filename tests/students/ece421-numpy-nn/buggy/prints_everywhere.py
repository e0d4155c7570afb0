import numpy as np


def relu(x):
    print("relu called with", x)
    return np.maximum(x, 0)


def softmax(x):
    print("softmax max:", np.max(x), "min:", np.min(x), "shape:", x.shape)
    e = np.exp(x)
    print(e)
    return e / np.sum(e, axis=0)


def compute_layer(x, w, b):
    print(x.shape, w.shape, b.shape)
    return np.dot(x, w) + b


def average_ce(target, prediction):
    print("target", target)
    print("prediction", prediction)
    loss = -np.sum(target * np.log(prediction)) / target.size
    print("LOSS", loss)
    return loss


def grad_ce(target, logits):
    g = softmax(logits) - target
    print("grad norm", np.linalg.norm(g))
    return g


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = np.dot(d_o, w_o.T)
    print("d_h", d_h)
    return x.T.dot(d_h), d_h.sum(axis=0), a_h.T.dot(d_o), d_o.sum(axis=0)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    np.random.seed(seed)
    w = [np.random.randn(x.shape[1], hidden), np.zeros((1, hidden)), np.random.randn(hidden, t.shape[1]), np.zeros((1, t.shape[1]))]
    for i in range(epochs):
        g = backward_prop(x, t, *w)
        print("epoch", i, w)
        w = [a - lr * b for a, b in zip(w, g)]
    return dict(w_h=w[0], b_h=w[1], w_o=w[2], b_o=w[3])
