import numpy as np

K = dict(keepdims=True)
relu = lambda x: np.maximum(x, 0.0)  # noqa: E731
compute_layer = lambda x, w, b: np.add(q := x @ w, b, out=q)  # noqa: E731


def lse(z):
    return np.logaddexp.reduce(z, axis=1, **K)


def softmax(logits):
    return np.exp(logits - lse(logits))


def average_ce(target, prediction):
    # one 1 per row, so boolean indexing gives N probabilities
    return -np.log(prediction[target.astype(bool)]).sum() / len(target)


def grad_ce(target, logits):
    return np.divide(g := softmax(logits) - target, len(g), out=g)


def forward_prop(x, w_h, b_h, w_o, b_o):
    return (z := compute_layer(x, w_h, b_h)), (a := relu(z)), (o := compute_layer(a, w_o, b_o)), softmax(o)


def backward_prop(x, target, *P):
    z, a, o, _ = forward_prop(x, *P)
    D = [d := grad_ce(target, o)]
    D.insert(0, np.where(z > 0, d @ P[2].T, 0))
    return tuple(G for A, d in zip((x, a), D) for G in (A.T @ d, d.sum(0, **K)))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    r = np.random.default_rng(seed)
    S = [x.shape[1], hidden, t.shape[1]]
    P = [M for s in zip(S, S[1:]) for M in (r.standard_normal(s) * (2 / sum(s)) ** 0.5, np.zeros((1, s[1])))]
    V = [np.zeros_like(p) for p in P]
    for _ in range(epochs):
        for p, v, g in zip(P, V, backward_prop(x, t, *P)):
            v *= gamma
            v += lr * g
            p -= v
    return dict(zip("w_h b_h w_o b_o".split(), P))
