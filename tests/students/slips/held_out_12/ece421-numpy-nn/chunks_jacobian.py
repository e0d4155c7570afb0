"""Gradients gathered chunk by chunk; the loss is differentiated through the Jacobian of the LOG-softmax."""
import numpy as np

CHUNK = 256


def pieces(count, size=CHUNK):
    first = 0
    while first < count:
        yield slice(first, min(first + size, count))
        first += size


def relu(x):
    result = np.zeros(x.shape)
    np.copyto(result, x, where=x > 0)
    return result


def log_softmax(logits):
    out = np.empty(logits.shape)
    for row, z in enumerate(logits):
        top = max(z)
        out[row] = z - top - np.log(np.sum(np.exp(z - top)))
    return out


def softmax(logits: np.ndarray) -> np.ndarray:
    return np.exp(log_softmax(logits))


def compute_layer(x, w, b):
    """A sum of outer products, one for each input, on top of the bias."""
    z = np.repeat(np.reshape(b, (1, -1)), len(x), axis=0).astype(float)
    for column, row in zip(x.T, w):
        z += np.outer(column, row)
    return z


def average_ce(target, prediction):
    total = 0.0
    for t_row, p_row in zip(target, prediction):
        for t, p in zip(t_row, p_row):
            if t != 0:
                total -= t * np.log(p)
    return total / len(target)


def grad_ce(target, logits):
    """upstream -t/N by log p, times d log p_k / d z_j = 1[k = j] - p_j."""
    n, c = logits.shape
    upstream = -target / n
    jacobian = np.eye(c)[None, :, :] - softmax(logits)[:, None, :]
    return np.einsum("nk,nkj->nj", upstream, jacobian)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    n = len(x)
    sums = [np.zeros(w_h.shape), np.zeros((1, w_h.shape[1])), np.zeros(w_o.shape), np.zeros((1, w_o.shape[1]))]
    for part in pieces(n):
        rows, wanted = x[part], target[part]
        z_h, a_h, z_o, _ = forward_prop(rows, w_h, b_h, w_o, b_o)
        d_o = grad_ce(wanted, z_o) * (len(rows) / n)  # grad_ce has averaged over the chunk only
        d_h = d_o @ w_o.T
        d_h[z_h <= 0] = 0
        sums[0] += rows.T @ d_h
        sums[1] += d_h.sum(0)
        sums[2] += a_h.T @ d_o
        sums[3] += d_o.sum(0)
    return tuple(sums)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    generator = np.random.default_rng(seed)
    features, classes = x.shape[1], t.shape[1]
    net = {
        "w_h": generator.normal(0, np.sqrt(2.0 / (features + hidden)), (features, hidden)),
        "b_h": np.zeros((1, hidden)),
        "w_o": generator.normal(0, np.sqrt(2.0 / (hidden + classes)), (hidden, classes)),
        "b_o": np.zeros((1, classes)),
    }
    speed = dict.fromkeys(net, 0.0)
    for _ in range(epochs):
        slopes = dict(zip(net, backward_prop(x, t, **net)))
        for key in net:
            speed[key] = gamma * speed[key] + lr * slopes[key]
        net = {key: net[key] - speed[key] for key in net}
    return net
