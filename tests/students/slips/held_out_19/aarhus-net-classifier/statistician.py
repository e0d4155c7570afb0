"""Penalised maximum likelihood for a two-layer multinomial regression."""
import numpy as np


def log_softmax(eta):
    """eta - A(eta), where A is the log-partition function of the categorical distribution."""
    m = np.amax(eta, axis=1)[:, None]
    return eta - m - np.log(np.exp(eta - m) @ np.ones((eta.shape[1], 1)))


def softmax(X):
    return np.exp(log_softmax(X))


def relu(x):
    return 0.5 * (x + np.abs(x))


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    @staticmethod
    def _eta(X, theta):
        u = X @ theta["W1"] + theta["b1"]
        return u, relu(u) @ theta["W2"] + theta["b2"]

    def predict(self, X, params=None):
        _, eta = self._eta(X, self.params if params is None else params)
        return eta.argmax(axis=1)

    def score(self, X, y, params=None):
        wrong = np.count_nonzero(self.predict(X, params) - np.ravel(y))
        return 1.0 - wrong / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n, k = X.shape[0], params["W2"].shape[1]
        u, eta = NetClassifier._eta(X, params)
        log_p = log_softmax(eta)
        log_lik = np.take_along_axis(log_p, y[:, None], axis=1).sum()
        # Gaussian prior on the weights, flat on the biases
        log_prior = -n * reg * sum(np.vdot(params[w], params[w]) for w in ("W1", "W2"))
        cost = -(log_lik + log_prior) / n

        # d(-log p)/d eta_j = p_j - 1[j = y]; d relu(u)/du = 1[u > 0]
        r = (np.exp(log_p) - (y[:, None] == np.arange(k))) / n
        step = np.heaviside(u, 0.0)
        s = np.einsum("ik,hk,ih->ih", r, params["W2"], step)
        # sufficient statistics with a column of ones: the bias is the weight of the constant
        one = np.ones((n, 1))
        by_first = np.hstack([one, X]).T @ s
        by_second = np.hstack([one, relu(u)]).T @ r
        return cost, {
            "d_w1": by_first[1:] + 2 * reg * params["W1"],
            "d_b1": by_first[:1],
            "d_w2": by_second[1:] + 2 * reg * params["W2"],
            "d_b2": by_second[:1],
        }

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        names = ("W1", "b1", "W2", "b2")
        theta = {w: np.array(init_params[w], dtype=float) for w in names}
        keys = ("train_loss", "train_acc", "val_loss", "val_acc")
        trace = np.full((epochs, len(keys)), np.nan)
        n = X_train.shape[0]
        for t in range(epochs):
            # random keys, sorted: a uniform permutation
            perm = np.argsort(np.random.rand(n))
            for b in range((n + batch_size - 1) // batch_size):
                I = perm[b * batch_size : (b + 1) * batch_size]
                _, score = self.cost_grad(X_train[I], y_train[I], theta, reg)
                theta = {w: theta[w] - lr * score["d_" + w.lower()] for w in names}
            trace[t] = (
                self.cost_grad(X_train, y_train, theta, reg)[0],
                self.score(X_train, y_train, theta),
                self.cost_grad(X_val, y_val, theta, reg)[0],
                self.score(X_val, y_val, theta),
            )
        self.params = theta
        self.history = dict(zip(keys, trace.T))
