"""Index notation throughout."""
from numpy import einsum, exp, heaviside, log, maximum, ones, sqrt, where, zeros
from numpy.random import default_rng


def relu(x):
    return x * heaviside(x, 0.0)


def softmax(logits):
    e = exp(logits - maximum.reduce(logits, axis=-1)[:, None])
    return einsum("nk,n->nk", e, 1.0 / einsum("nk->n", e))


def compute_layer(x, w, b):
    return einsum("nd,dh->nh", x, w) + b


def average_ce(target, prediction):
    p = einsum("nk,nk->n", target, prediction)
    return -einsum("n->", log(maximum(p, 1e-300))) / p.size


def grad_ce(target, logits):
    return einsum(",nk->nk", 1.0 / target.shape[0], softmax(logits) - target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    d = grad_ce(target, z_o)
    u = ones((1, x.shape[0]))
    e = einsum("nk,hk,nh->nh", d, w_o, where(z_h > 0, 1.0, 0.0), optimize=True)
    return (
        einsum("nd,nh->dh", x, e, optimize=True),
        einsum("in,nh->ih", u, e),
        einsum("nh,nk->hk", a_h, d, optimize=True),
        einsum("in,nk->ik", u, d),
    )


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    r = default_rng(seed)
    D, C = x.shape[-1], t.shape[-1]
    p = [r.normal(0, sqrt(2 / D), (D, hidden)), zeros((1, hidden)), r.normal(0, sqrt(2 / hidden), (hidden, C)), zeros((1, C))]
    v = [0.0] * 4
    for _ in range(epochs):
        for i, g in enumerate(backward_prop(x, t, *p)):
            v[i] = gamma * v[i] + lr * g
        p = [w - s for w, s in zip(p, v)]
    return {name: w for name, w in zip(("w_h", "b_h", "w_o", "b_o"), p)}
