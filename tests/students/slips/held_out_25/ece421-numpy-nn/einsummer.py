import numpy as np

relu = lambda x: np.where(x > 0, x, 0.0)
compute_layer = lambda x, w, b: np.einsum("nd,dh->nh", x, w) + np.reshape(b, (1, -1))


def lse(z):
    m = z.max(-1, keepdims=True)
    return m + np.log(np.einsum("nk->n", np.exp(z - m)))[:, None]


def softmax(logits):
    return np.exp(logits - lse(logits))


def average_ce(target, prediction):
    safe = np.where(target == 0, 1.0, prediction)
    return -np.einsum("nk,nk->", target, np.log(safe)) / target.shape[0]


def grad_ce(target, logits):
    return np.einsum("nk->nk", softmax(logits) - target) / logits.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    back = np.einsum("nk,hk->nh", d_o, w_o)
    d_h = np.where(z_h > 0, back, 0.0)
    return (
        np.einsum("nd,nh->dh", x, d_h),
        np.einsum("nh->h", d_h)[None, :],
        np.einsum("nh,nk->hk", a_h, d_o),
        np.einsum("nk->k", d_o)[None, :],
    )


glorot = lambda rng, i, o: np.sqrt(2 / (i + o)) * rng.normal(size=(i, o))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng, D, C = np.random.default_rng(seed), x.shape[-1], t.shape[-1]
    theta = {"w_h": glorot(rng, D, hidden), "b_h": np.zeros((1, hidden))}
    theta |= {"w_o": glorot(rng, hidden, C), "b_o": np.zeros((1, C))}
    v = {k: 0.0 * w for k, w in theta.items()}
    for _ in range(epochs):
        g = dict(zip(theta, backward_prop(x, t, **theta)))
        v = {k: gamma * v[k] + lr * g[k] for k in theta}
        theta = {k: theta[k] - v[k] for k in theta}
    return theta
