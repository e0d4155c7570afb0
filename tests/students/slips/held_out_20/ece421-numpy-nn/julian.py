import numpy as np

# Arrays come and go as rows of samples; inside, forward and backward work on (units, samples).


def relu(x):
    out = np.empty(np.shape(x))
    np.maximum(x, 0.0, out=out)
    return out


def softmax(logits):
    P = np.empty(logits.T.shape)
    np.subtract(logits.T, logits.max(axis=1), out=P)
    np.exp(P, out=P)
    np.divide(P, np.einsum("cn->n", P), out=P)
    return P.T.copy()


def compute_layer(x, w, b):
    out = np.empty((x.shape[0], w.shape[1]))
    np.einsum("nd,dh->nh", x, w, out=out)
    out += np.reshape(b, (1, -1))
    return out


def average_ce(target, prediction):
    logp = np.zeros(prediction.shape)
    np.log(prediction, out=logp, where=target != 0)
    return -np.einsum("nc,nc->", target, logp) / target.shape[0]


def grad_ce(target, logits):
    g = softmax(logits)
    np.subtract(g, target, out=g)
    np.divide(g, target.shape[0], out=g)
    return g


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    n = x.shape[0]
    z_h, a_h, _, p = forward_prop(x, w_h, b_h, w_o, b_o)
    # (units, samples) from here
    d_o = np.empty((w_o.shape[1], n))
    d_h = np.empty((w_o.shape[0], n))
    np.subtract(p.T, target.T, out=d_o)
    d_o *= 1.0 / n
    np.einsum("hc,cn->hn", w_o, d_o, out=d_h)
    np.multiply(d_h, z_h.T > 0.0, out=d_h)

    dW_h = np.empty(w_h.shape)
    dW_o = np.empty(w_o.shape)
    np.einsum("nd,hn->dh", x, d_h, out=dW_h)
    np.einsum("nh,cn->hc", a_h, d_o, out=dW_o)
    db_h = np.einsum("hn->h", d_h).reshape(1, -1)
    db_o = np.einsum("cn->c", d_o).reshape(1, -1)
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    d, c = x.shape[1], t.shape[1]
    shapes = ((d, hidden), (1, hidden), (hidden, c), (1, c))

    # all parameters live in one flat vector, theta[k] are views of it
    sizes = [r * s for r, s in shapes]
    ends = np.cumsum(sizes)
    flat = np.zeros(ends[-1])
    vel = np.zeros_like(flat)
    grad = np.empty_like(flat)
    theta = [flat[e - m:e].reshape(s) for e, m, s in zip(ends, sizes, shapes)]
    theta[0][:] = rng.standard_normal(shapes[0]) * np.sqrt(2.0 / (d + hidden))
    theta[2][:] = rng.standard_normal(shapes[2]) * np.sqrt(2.0 / (hidden + c))

    for _ in range(epochs):
        np.concatenate([g.ravel() for g in backward_prop(x, t, *theta)], out=grad)
        vel *= gamma
        vel += lr * grad
        flat -= vel
    return {"w_h": theta[0].copy(), "b_h": theta[1].copy(), "w_o": theta[2].copy(), "b_o": theta[3].copy()}
