import numpy as np


def relu(x):
    return (np.abs(x) + x) * 0.5


def softmax(logits):
    s = np.array(logits, dtype=np.float64)
    s -= np.take_along_axis(s, s.argmax(1)[:, None], 1)
    np.exp(s, out=s)
    s /= s.sum(1)[:, None]
    return s


def compute_layer(x, w, b):
    r = np.empty((x.shape[0], w.shape[1]))
    r[:] = b
    r += np.dot(x, w)
    return r


def average_ce(target, prediction):
    c = target.argmax(1)
    hit = np.take_along_axis(prediction, c[:, None], 1)[:, 0]
    return -np.log(np.maximum(hit, 1e-15)).mean()


def grad_ce(target, logits):
    n, k = logits.shape
    g = softmax(logits)
    g.reshape(-1)[np.arange(0, n * k, k) + target.argmax(1)] -= 1.0
    g *= 1.0 / n
    return g


def forward_prop(x, w_h, b_h, w_o, b_o):
    z = compute_layer(x, w_h, b_h)
    a = relu(z)
    o = compute_layer(a, w_o, b_o)
    return z, a, o, softmax(o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    n, d = x.shape
    h, k = w_o.shape
    z, a, o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    # one column of ones appended: last row of each product is the bias
    xe = np.ones((n, d + 1))
    ae = np.ones((n, h + 1))
    xe[:, :d] = x
    ae[:, :h] = a
    np.subtract(p, target, out=p)
    p /= n
    q = np.dot(p, w_o.T)
    q[z <= 0] = 0.0
    gh = np.dot(xe.T, q)
    go = np.dot(ae.T, p)
    return gh[:d], gh[d:], go[:h], go[h:]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    d, k, h = x.shape[1], t.shape[1], hidden
    rng = np.random.default_rng(seed)
    cut = np.cumsum([d * h, h, h * k, k])
    P, V = np.zeros(cut[-1]), np.zeros(cut[-1])  # everything flat, the weights are views

    def views(buf):
        return (
            buf[: cut[0]].reshape(d, h),
            buf[cut[0] : cut[1]].reshape(1, h),
            buf[cut[1] : cut[2]].reshape(h, k),
            buf[cut[2] :].reshape(1, k),
        )

    W = views(P)
    W[0][:] = rng.standard_normal((d, h)) * (2.0 / (d + h)) ** 0.5
    W[2][:] = rng.standard_normal((h, k)) * (2.0 / (h + k)) ** 0.5
    G = np.empty_like(P)
    for _ in range(epochs):
        np.concatenate([g.ravel() for g in backward_prop(x, t, *W)], out=G)
        V *= gamma
        G *= lr
        V += G
        P -= V
    return {"w_h": W[0], "b_h": W[1], "w_o": W[2], "b_o": W[3]}
