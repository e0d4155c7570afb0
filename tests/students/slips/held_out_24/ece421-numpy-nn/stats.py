"""ECE421 A2, ported from my R script."""
import numpy as np


def crossprod(A, B):
    return np.dot(A.T, B)


def col_sums(A):
    return np.atleast_2d(np.apply_along_axis(np.sum, 0, A))


def sweep(A, margin_stat):
    """sweep(A, 1, stat) of R: subtract one number from each row."""
    return A - margin_stat[:, np.newaxis]


def lse(eta):
    return np.logaddexp.reduce(eta, axis=1)


def relu(x):
    indicator = np.where(x > 0, 1.0, 0.0)
    return np.multiply(indicator, x)


def softmax(logits):
    return np.exp(sweep(logits, lse(logits)))


def compute_layer(x, w, b):
    design = np.column_stack([np.ones(x.shape[0]), x])
    beta = np.vstack([np.reshape(b, (1, -1)), w])
    return design @ beta


def average_ce(target, prediction):
    n = np.shape(target)[0]
    observed = target != 0
    loglik = np.sum(target[observed] * np.log(prediction[observed]))
    return -loglik / n


def grad_ce(target, logits):
    n = target.shape[0]
    residual = target - softmax(logits)
    return -residual / n


def forward_prop(x, w_h, b_h, w_o, b_o):
    eta_h = compute_layer(x, w_h, b_h)
    basis = relu(eta_h)
    eta_o = compute_layer(basis, w_o, b_o)
    mu = softmax(eta_o)
    return (eta_h, basis, eta_o, mu)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    eta_h, basis, eta_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    score_o = grad_ce(target, eta_o)
    jac = (eta_h > 0).astype(float)
    score_h = jac * np.array([w_o @ s for s in score_o])
    info = {
        "w_o": crossprod(basis, score_o),
        "b_o": col_sums(score_o),
        "w_h": crossprod(x, score_h),
        "b_h": col_sums(score_h),
    }
    return info["w_h"], info["b_h"], info["w_o"], info["b_o"]


def starting_values(p, q, rng):
    sigma = np.sqrt(2.0 / (p + q))
    return rng.normal(loc=0.0, scale=sigma, size=(p, q))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    p, k = x.shape[1], t.shape[1]
    names = ("w_h", "b_h", "w_o", "b_o")
    theta = {"w_h": starting_values(p, hidden, rng), "b_h": np.zeros((1, hidden))}
    theta["w_o"] = starting_values(hidden, k, rng)
    theta["b_o"] = np.zeros((1, k))
    nu = {key: 0.0 * value for key, value in theta.items()}
    for _ in range(epochs):
        grad = dict(zip(names, backward_prop(x, t, **theta)))
        nu = {key: gamma * nu[key] + lr * grad[key] for key in names}
        theta = {key: theta[key] - nu[key] for key in names}
    return theta
