"""A perceptron as a chain of multivariate regressions: every layer is a design matrix times its coefficients."""
import numpy as np

LINK = {
    "relu": lambda eta: np.where(eta > 0, eta, 0.0),
    "sigmoid": lambda eta: np.exp(-np.logaddexp(0.0, -eta)),
    "tanh": np.tanh,
}
SLOPE = {
    "relu": lambda mu: np.where(mu > 0, 1.0, 0.0),
    "sigmoid": lambda mu: mu * (1 - mu),
    "tanh": lambda mu: 1 - mu**2,
}


def with_intercept(A):
    return np.column_stack([np.ones(A.shape[0]), A])


def coefficients(params, layer):
    return np.vstack([np.reshape(params[f"b{layer}"], (1, -1)), params[f"W{layer}"]])


def crossprod(A, B):
    return A.T @ B


def row_softmax(eta):
    lse = np.logaddexp.reduce(eta, axis=1)
    return np.exp(eta - lse[:, np.newaxis])


def forward(X, params, act):
    depth = len(params) // 2
    designs = [with_intercept(X)]
    betas = [coefficients(params, k + 1) for k in range(depth)]
    for beta in betas[:-1]:
        mu = LINK[act](designs[-1] @ beta)
        designs.append(with_intercept(mu))
    fitted = row_softmax(designs[-1] @ betas[-1])
    return fitted, {"designs": designs, "betas": betas, "fitted": fitted, "act": act}


def backward(cache, T):
    designs, betas = cache["designs"], cache["betas"]
    n_obs = T.shape[0]
    score = cache["fitted"] - T
    grads = {}
    for k in reversed(range(len(betas))):
        info = crossprod(designs[k], score) / n_obs
        grads[f"b{k + 1}"] = info[:1, :]
        grads[f"W{k + 1}"] = info[1:, :]
        if k > 0:
            slopes = betas[k][1:, :]
            mu = designs[k][:, 1:]
            score = (score @ slopes.T) * SLOPE[cache["act"]](mu)
    return grads


def which_max(row):
    return int(np.flatnonzero(row == row.max())[0])


def predict(X, params, act):
    fitted, _ = forward(X, params, act)
    return np.array([which_max(row) for row in fitted])


def confusion_matrix(y, yhat, K):
    """table(y, yhat)"""
    Y = np.equal.outer(np.asarray(y), np.arange(K)).astype(float)
    Yhat = np.equal.outer(np.asarray(yhat), np.arange(K)).astype(float)
    return crossprod(Y, Yhat)


def starting_values(sizes, act, rng):
    params = {}
    for k, (p, q) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        sigma2 = 2 / p if act == "relu" else 2 / (p + q)
        params[f"W{k}"] = rng.normal(0.0, np.sqrt(sigma2), size=(p, q))
        params[f"b{k}"] = np.zeros((1, q))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    n_obs = X.shape[0]
    levels = np.arange(max(np.max(y), np.max(yv)) + 1)
    Y = np.equal.outer(y, levels).astype(float)
    layers = list(hidden) if np.ndim(hidden) else [hidden]
    theta = starting_values([X.shape[1], *layers, levels.size], act, rng)
    nu = {name: np.zeros(value.shape) for name, value in theta.items()}
    for _ in range(epochs):
        resample = rng.choice(n_obs, size=n_obs, replace=False)
        cuts = np.arange(batch_size, n_obs, batch_size)
        for obs in np.split(resample, cuts):
            _, fit = forward(X[obs, :], theta, act)
            grads = backward(fit, Y[obs, :])
            nu = {name: momentum * nu[name] + lr * grads[name] for name in theta}
            theta = {name: theta[name] - nu[name] for name in theta}
    return theta
