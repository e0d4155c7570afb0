"""One hidden layer, with examples as columns: X is (n, d) outside and xi = X^T is (d, n) inside.

    zeta_hi = W1_dh xi_di + b1_h      alpha = max(zeta, 0)      eta_ki = W2_hk alpha_hi + b2_k
    cost = -tr(T^T Lambda)/n + reg (tr W1^T W1 + tr W2^T W2),   Lambda = log softmax(eta)
"""
import numpy as np


def relu(x):
    # max(x, 0) = (x + |x|)/2
    return 0.5 * (x + np.abs(x))


def log_softmax_columns(eta):
    top = eta.max(axis=0)
    return eta - top - np.log(np.einsum("ki->i", np.exp(eta - top)))


def softmax(X):
    """Rows in, rows out."""
    shift = X.max(axis=1)
    E = np.exp(X - shift[:, None])
    return np.einsum("ik,i->ik", E, 1 / np.einsum("ik->i", E))


def indicator(y, K):
    """T_ki = 1[y_i = k]."""
    return (np.arange(K)[:, None] == np.ravel(y)[None, :]).astype(float)


def pre_activations(xi, params):
    zeta = np.einsum("dh,di->hi", params["W1"], xi) + params["b1"].reshape(-1, 1)
    alpha = relu(zeta)
    eta = np.einsum("hk,hi->ki", params["W2"], alpha) + params["b2"].reshape(-1, 1)
    return zeta, alpha, eta


class NetClassifier:
    def __init__(self):
        self.params, self.history = None, None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        _, _, eta = pre_activations(X.T, params)
        return np.argmax(eta, axis=0)

    def score(self, X, y, params=None):
        K = (self.params if params is None else params)["W2"].shape[1]
        # both are unit vectors, so their inner product is 1 where they agree and 0 elsewhere
        agree = np.einsum("ki,ki->i", indicator(self.predict(X, params), K), indicator(y, K))
        return agree.sum() / len(agree)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        xi, W1, W2 = X.T, params["W1"], params["W2"]
        n, K = X.shape[0], W2.shape[1]
        T = indicator(y, K)
        zeta, alpha, eta = pre_activations(xi, params)
        Lambda = log_softmax_columns(eta)
        cost = -np.einsum("ki,ki", T, Lambda) / n + reg * (np.einsum("dh,dh", W1, W1) + np.einsum("hk,hk", W2, W2))

        Delta2 = (np.exp(Lambda) - T) / n
        Delta1 = np.einsum("hk,ki,hi->hi", W2, Delta2, np.heaviside(zeta, 0.0))
        one = np.ones(n)
        grads = {
            "d_w1": np.einsum("di,hi->dh", xi, Delta1) + 2 * reg * W1,
            "d_b1": np.einsum("hi,i->h", Delta1, one)[None, :],
            "d_w2": np.einsum("hi,ki->hk", alpha, Delta2) + 2 * reg * W2,
            "d_b2": np.einsum("ki,i->k", Delta2, one)[None, :],
        }
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=0.0001, epochs=30):
        theta = {s: init_params[s] + 0.0 for s in ("W1", "b1", "W2", "b2")}
        n = X_train.shape[0]
        M = np.zeros((epochs, 4))  # one row an epoch: train loss, train accuracy, the same of the validation set
        for e in range(epochs):
            pi = np.random.permutation(n)
            Xp, yp = X_train[pi], y_train[pi]
            for j in range(0, n, batch_size):
                J = slice(j, j + batch_size)
                g = NetClassifier.cost_grad(Xp[J], yp[J], theta, reg)[1]
                theta = {s: theta[s] - lr * g[f"d_{s.lower()}"] for s in theta}
            M[e, 0] = self.cost_grad(X_train, y_train, theta, reg)[0]
            M[e, 1] = self.score(X_train, y_train, theta)
            M[e, 2] = self.cost_grad(X_val, y_val, theta, reg)[0]
            M[e, 3] = self.score(X_val, y_val, theta)
        self.params = theta
        self.history = {s: M[:, c] for c, s in enumerate(("train_loss", "train_acc", "val_loss", "val_acc"))}
