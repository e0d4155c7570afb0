"""Multinomial logit by maximum likelihood, and its two-layer extension."""
import numpy as np


def log_partition(eta):
    """A(eta) = log sum_k exp(eta_k), one number a row."""
    m = np.max(eta, axis=-1)
    return m + np.log(np.sum(np.exp(eta - m[..., None]), axis=-1))


def mean_parameters(eta):
    """Gradient of the log-partition function: mu = dA/d eta, the expected sufficient statistic."""
    return np.exp(eta - log_partition(eta)[:, None])


def softmax_loss(Z, y):
    idx = np.asarray(y, dtype=np.int64)[:, None]
    log_likelihood = np.take_along_axis(Z, idx, axis=1)[:, 0] - log_partition(Z)
    return -log_likelihood.mean()


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    N, C = len(X), theta.shape[1]
    for b in range(-(-N // batch)):
        I = np.arange(b * batch, min((b + 1) * batch, N))
        x, T = X[I], y[I][:, None] == np.arange(C)
        # score function: observed minus expected sufficient statistics
        score = x.T @ T - x.T @ mean_parameters(x @ theta)
        theta += lr * score / I.size


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    N, (H, C) = len(X), W2.shape
    for b in range(-(-N // batch)):
        I = np.arange(b * batch, min((b + 1) * batch, N))
        x, t = X[I], y[I].astype(np.intp)
        u = x @ W1
        theta_u = np.heaviside(u, 0.0)  # H(u); relu(u) = u H(u)
        a = u * theta_u
        r = mean_parameters(a @ W2)
        np.subtract.at(r, (np.arange(I.size), t), 1.0)
        # chain rule with the Jacobian da_h/du_k = delta_hk H(u_h)
        q = np.einsum("nc,hc,nh->nh", r, W2, theta_u)
        dW1 = np.einsum("nd,nh->dh", x, q) / I.size
        dW2 = np.einsum("nh,nc->hc", a, r) / I.size
        W1 += -lr * dW1
        W2 += -lr * dW2
