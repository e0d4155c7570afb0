"""Every operator below is linear or piecewise linear, so it is written with its design matrix."""
import numpy as np


def log_sum_exp(eta):
    return np.logaddexp.reduce(eta)


def softmax_jacobian(z):
    # covariance of one multinomial draw
    mu = np.exp(z - log_sum_exp(z))
    second_moment = np.diag(mu)
    return second_moment - np.outer(mu, mu)


def indicator(y, levels):
    return (np.asarray(y)[:, None] == np.arange(levels)[None, :]).astype(float)


def nll(yhat, y):
    likelihood = np.sum(indicator(y, yhat.shape[1]) * yhat, axis=1)
    return -np.sum(np.log(likelihood))


def nll_grad(yhat, y):
    Y = indicator(y, yhat.shape[1])
    return np.where(Y == 1, -1.0 / np.where(Y == 1, yhat, 1.0), 0.0)


def averaging_matrix(n, W):
    rows = np.arange(n - W + 1)[:, None]
    cols = np.arange(n)[None, :]
    lag = cols - rows
    return np.where((lag >= 0) & (lag < W), 1.0 / W, 0.0)


def avg_pool1d(x, W):
    A = averaging_matrix(len(x), W)
    return A @ x


def avg_pool1d_backward(dy, n, W):
    A = averaging_matrix(n, W)
    return A.T @ dy


def embed(x, W):
    """embed() of R, oldest first: one window a row."""
    return np.vstack([x[i : i + W] for i in range(len(x) - W + 1)])


def max_pool1d(x, W):
    return np.apply_along_axis(max, 1, embed(x, W))


def max_pool1d_backward(dy, x, W):
    which_max = np.apply_along_axis(np.argmax, 1, embed(x, W))
    selector = np.zeros((len(dy), len(x)))
    for obs, offset in enumerate(which_max):
        selector[obs, obs + offset] = 1.0
    return selector.T @ dy


def lagged_design(x):
    """Columns x[i+1], x[i], x[i-1], with zeros beyond the ends."""
    lead = np.append(x[1:], 0.0)
    lag = np.insert(x[:-1], 0, 0.0)
    return np.column_stack([lead, x, lag])


def conv1d(x, w):
    return lagged_design(x) @ w


def kernel_matrix(w, n):
    K = w[1] * np.eye(n)
    K += w[0] * np.eye(n, k=1)
    K += w[2] * np.eye(n, k=-1)
    return K


def conv1d_backward(dy, x, w):
    beta_score = np.dot(lagged_design(x).T, dy)
    x_score = np.dot(kernel_matrix(w, len(x)).T, dy)
    return x_score, beta_score
