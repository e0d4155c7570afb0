import numpy as np

r1 = lambda a: a[:, None]
relu = lambda x: x * (x > 0)
softmax = lambda logits: (e := np.exp(logits - r1(logits.max(1)))) / r1(e.sum(1))
compute_layer = lambda x, w, b: np.c_[x, np.ones(len(x))] @ np.r_[w, np.reshape(b, (1, -1))]
average_ce = lambda target, prediction: -np.log(prediction[target > 0]) @ target[target > 0] / len(target)
grad_ce = lambda target, logits: (softmax(logits) - target) / len(target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    return (z := compute_layer(x, w_h, b_h)), (a := relu(z)), (o := compute_layer(a, w_o, b_o)), softmax(o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z, a, o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    one = np.ones((1, len(x)))
    h = (d := grad_ce(target, o)) @ w_o.T * (z > 0)
    return x.T @ h, one @ h, a.T @ d, one @ d


glorot = lambda g, m, n: g.normal(0, (2 / (m + n)) ** 0.5, (m, n))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    g, s = np.random.default_rng(seed), (x.shape[1], hidden, t.shape[1])
    P = [f(m, n) for m, n in zip(s, s[1:]) for f in (lambda m, n: glorot(g, m, n), lambda _, n: np.zeros((1, n)))]
    V = [0 * p for p in P]
    for _ in range(epochs):
        V = [gamma * v + lr * d for v, d in zip(V, backward_prop(x, t, *P))]
        P = [p - v for p, v in zip(P, V)]
    return dict(zip("w_h b_h w_o b_o".split(), P))
