# One hidden layer.  For a single example (rows): z_h = x W_h + b_h, a_h = relu(z_h), z_o = a_h W_o + b_o,
# p = softmax(z_o), l = -sum_k t_k log p_k.   L = 1/N sum_n l_n.
import numpy as np


def relu(x):
    indicator = (x > 0).astype(float)
    return indicator * x


def softmax(logits):
    # p_j = exp(z_j - log sum_k exp(z_k)), with the row's maximum taken out of the logarithm
    m = np.max(logits, axis=1, keepdims=True)
    log_partition = m + np.log(np.sum(np.exp(logits - m), axis=1, keepdims=True))
    return np.exp(logits - log_partition)


def compute_layer(x, w, b):
    return np.array([w.T @ x_n for x_n in x]) + np.reshape(b, (1, -1))


def average_ce(target, prediction):
    N, K = target.shape
    L = 0.0
    for n in range(N):
        for k in range(K):
            if target[n, k] != 0:
                L = L - target[n, k] * np.log(prediction[n, k])
    return L / N


def log_softmax_jacobian(p):
    """J[k, j] = d log p_k / d z_j = 1[k = j] - p_j."""
    K = p.shape[0]
    return np.eye(K) - np.outer(np.ones(K), p)


def grad_ce(target, logits):
    N = target.shape[0]
    p = softmax(logits)
    dL_dz = np.zeros(logits.shape)
    for n in range(N):
        # dl/dz_j = sum_k (-t_k) d log p_k / dz_j = p_j - t_j, as sum_k t_k = 1
        dL_dz[n] = p[n] - target[n]
    return dL_dz / N


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    N = len(x)
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    dL_dw_h = np.zeros(np.shape(w_h))
    dL_db_h = np.zeros(np.shape(b_h))
    dL_dw_o = np.zeros(np.shape(w_o))
    dL_db_o = np.zeros(np.shape(b_o))
    for n in range(N):
        dl_dlogp = -target[n]
        dl_dz_o = dl_dlogp @ log_softmax_jacobian(p[n])
        dz_o_da_h = w_o.T
        da_h_dz_h = np.diag((z_h[n] > 0).astype(float))
        dl_dz_h = dl_dz_o @ dz_o_da_h @ da_h_dz_h
        dL_dw_o += np.outer(a_h[n], dl_dz_o) / N
        dL_db_o += dl_dz_o / N
        dL_dw_h += np.outer(x[n], dl_dz_h) / N
        dL_db_h += dl_dz_h / N
    return dL_dw_h, dL_db_h, dL_dw_o, dL_db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D = x.shape[1]
    K = t.shape[1]
    sigma_h = np.sqrt(2 / (D + hidden))
    sigma_o = np.sqrt(2 / (hidden + K))
    theta = {
        "w_h": sigma_h * rng.standard_normal((D, hidden)),
        "b_h": np.zeros((1, hidden)),
        "w_o": sigma_o * rng.standard_normal((hidden, K)),
        "b_o": np.zeros((1, K)),
    }
    v = {name: 0.0 * theta[name] for name in theta}
    T = 0
    while T < epochs:
        # the same sums as in backward_prop, as matrices: the loop over n is too slow here
        z_h = x @ theta["w_h"] + theta["b_h"]
        a_h = np.maximum(z_h, 0)
        delta_o = grad_ce(t, a_h @ theta["w_o"] + theta["b_o"])
        delta_h = (delta_o @ theta["w_o"].T) * (z_h > 0)
        dL = {
            "w_h": x.T @ delta_h,
            "b_h": delta_h.sum(axis=0, keepdims=True),
            "w_o": a_h.T @ delta_o,
            "b_o": delta_o.sum(axis=0, keepdims=True),
        }
        for name in theta:
            v[name] = gamma * v[name] + lr * dL[name]
            theta[name] = theta[name] - v[name]
        T += 1
    return theta
