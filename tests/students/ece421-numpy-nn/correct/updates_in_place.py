import numpy


def relu(x):
    out = numpy.empty_like(x)
    numpy.maximum(x, 0, out=out)
    return out


def softmax(logits):
    out = logits - logits.max(axis=1)[:, None]
    numpy.exp(out, out)
    out /= out.sum(axis=1)[:, None]
    return out


def compute_layer(x, w, b):
    out = numpy.matmul(x, w)
    out += b
    return out


def average_ce(target, prediction):
    labels = target.argmax(axis=1)
    picked = numpy.take_along_axis(prediction, labels[:, None], axis=1)
    return -numpy.log(picked + 1e-15).mean()


def grad_ce(target, logits):
    out = softmax(logits)
    out -= target
    out /= len(out)
    return out


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    p -= target
    p /= len(x)
    db_o = p.sum(axis=0, keepdims=True)
    dW_o = a_h.T @ p
    d = p @ w_o.T
    numpy.putmask(d, z_h <= 0, 0)
    return x.T @ d, d.sum(axis=0, keepdims=True), dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = numpy.random.default_rng(seed)
    w_h = rng.standard_normal((x.shape[1], hidden))
    w_h *= (2 / (x.shape[1] + hidden)) ** 0.5
    w_o = rng.standard_normal((hidden, t.shape[1]))
    w_o *= (2 / (t.shape[1] + hidden)) ** 0.5
    params = [w_h, numpy.zeros((1, hidden)), w_o, numpy.zeros((1, t.shape[1]))]
    velocity = list(map(numpy.zeros_like, params))
    for _ in range(epochs):
        for p, v, g in zip(params, velocity, backward_prop(x, t, *params)):
            v *= gamma
            v += lr * g
            p -= v
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), params))
