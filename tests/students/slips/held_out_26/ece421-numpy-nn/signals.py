import numpy as np

# Augmented signals: every layer is one matrix [W; b], every input gets a column of ones.


def aug(u):
    return np.c_[u, np.ones(len(u))]


def stack(w, b):
    return np.r_[w, np.reshape(b, (1, -1))]


def relu(x):
    return 0.5 * (x + np.abs(x))


def _softmax1(v):
    g = np.exp(v - v.max())
    return np.cumsum(g)[-1] ** -1 * g


def softmax(logits):
    return np.apply_along_axis(_softmax1, 1, logits)


def compute_layer(x, w, b):
    return aug(x) @ stack(w, b)


def average_ce(target, prediction):
    safe_log = np.vectorize(lambda p: np.log(p) if p > 0 else np.log(1e-15), otypes=[float])
    return -np.sum(target * safe_log(prediction)) / np.shape(target)[0]


def grad_ce(target, logits):
    N = float(np.shape(target)[0])
    return softmax(logits) / N - target / N


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def correlate(u, e):
    """Sum over the samples of outer(input, error)."""
    R = np.zeros((u.shape[1], e.shape[1]))
    for n in range(len(u)):
        R += np.outer(u[n], e[n])
    return R


def backward_aug(x, target, V, U):
    """V, U: augmented matrices of the hidden and the output layer."""
    N = len(x)
    x1 = aug(x)
    s = x1 @ V
    gate = (s > 0).astype(float)
    h1 = aug(s * gate)
    e_o = (softmax(h1 @ U) - target) / N
    e_h = gate * (e_o @ U[:-1].T)
    return x1, e_h, h1, e_o


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    x1, e_h, h1, e_o = backward_aug(x, target, stack(w_h, b_h), stack(w_o, b_o))
    G, K = correlate(x1, e_h), correlate(h1, e_o)
    return G[:-1], G[-1:], K[:-1], K[-1:]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, C = x.shape[1], t.shape[1]
    sig_h = np.sqrt(2.0 / (D + hidden))
    sig_o = np.sqrt(2.0 / (hidden + C))
    V = np.r_[sig_h * rng.standard_normal((D, hidden)), np.zeros((1, hidden))]
    U = np.r_[sig_o * rng.standard_normal((hidden, C)), np.zeros((1, C))]
    # one long parameter vector, one long first-order filter for the velocity
    cut = V.size
    theta = np.r_[V.ravel(), U.ravel()]
    vel = np.zeros(theta.size)
    for k in range(epochs):
        V = theta[:cut].reshape(D + 1, hidden)
        U = theta[cut:].reshape(hidden + 1, C)
        x1, e_h, h1, e_o = backward_aug(x, t, V, U)
        grad = np.r_[(x1.T @ e_h).ravel(), (h1.T @ e_o).ravel()]
        vel = gamma * vel + lr * grad
        theta = theta - vel
    V = theta[:cut].reshape(D + 1, hidden)
    U = theta[cut:].reshape(hidden + 1, C)
    return {"w_h": V[:-1], "b_h": V[-1:], "w_o": U[:-1], "b_o": U[-1:]}
