"""Hand-in 2, AU 2018.

Globale Tabellen: die Einheitsmatrizen fuer das One-Hot-Encoding und die Namen der Parameter.
"""

import numpy as np

NAMES = []
for kind in ("W", "b"):
    for layer in (1, 2):
        NAMES.append(f"{kind}{layer}")
GRAD_OF = {}
for n in NAMES:
    GRAD_OF[n] = "d_" + n.lower()
EYE = np.eye(10)
CALLS = {"cost_grad": 0, "predict": 0}
default_reg = float("0.0001")


def one_in_k_encoding(vec, k):
    global EYE
    if k > len(EYE):
        EYE = np.eye(k)
    return EYE[vec, :k]


def softmax(X):
    m = np.maximum.reduce(X, axis=1)
    e = np.exp((X.T - m).T)
    return (e.T / np.add.reduce(e, axis=1)).T


def softmax_jacobian(p):
    """dS_i/dz_j = S_i (1[i = j] - S_j), for one row"""
    return np.diag(p) - np.outer(p, p)


def relu(x):
    return np.clip(x, 0, None)


def get_init_params(input_dim, hidden_size, output_size):
    return dict(zip(sorted(NAMES), (
        np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        np.zeros((1, hidden_size)),
        np.zeros((1, output_size)))))


class NetClassifier:
    def __init__(self):
        self.params, self.history = None, None

    def predict(self, X, params=None):
        CALLS["predict"] += 1
        chosen = params if params is not None else self.params
        hidden = relu(np.matmul(X, chosen["W1"]) + chosen["b1"])
        p = softmax(np.matmul(hidden, chosen["W2"]) + chosen["b2"])
        return np.array([row.argmax() for row in p])

    def score(self, X, y, params=None):
        wrong = np.count_nonzero(self.predict(X, params) - y)
        return 1 - wrong / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        CALLS["cost_grad"] += 1
        N, K = len(X), params["W2"].shape[1]
        z1 = np.matmul(X, params["W1"]) + params["b1"]
        a1 = relu(z1)
        p = softmax(np.matmul(a1, params["W2"]) + params["b2"])
        T = one_in_k_encoding(y, K)
        tiny = np.finfo(float).tiny
        cost = -np.log(np.maximum((p * T).sum(axis=1), 1e-15)).mean()
        for name in NAMES[:2]:
            cost += reg * np.linalg.norm(params[name], "fro") ** 2
        # the chain rule literally: -1/N dlog p_y/dz = -1/(N p_y) * (row y of the Jacobian)
        D2 = np.zeros((N, K))
        for i in range(N):
            D2[i] = -softmax_jacobian(p[i])[y[i]] / max(p[i, y[i]], tiny) / N
        D2 = np.where(p[np.arange(N), y][:, None] > 1e-200, D2, (p - T) / N)
        D1 = np.matmul(D2, params["W2"].T)
        D1[z1 <= 0] = 0
        grads = {GRAD_OF["W2"]: a1.T.dot(D2), GRAD_OF["W1"]: X.T.dot(D1)}
        for name in NAMES[:2]:
            grads[GRAD_OF[name]] += 2 * reg * params[name]
        for name, D in zip(NAMES[2:], (D1, D2)):
            grads[GRAD_OF[name]] = np.ones((1, N)) @ D
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=default_reg, epochs=30):
        params = {}
        for name in NAMES:
            params[name] = init_params[name] + 0.0
        self.history = {k: np.zeros(epochs) for k in ("train_loss", "train_acc", "val_loss", "val_acc")}
        n, epoch = len(X_train), 0
        while epoch < epochs:
            order = np.random.choice(n, n, replace=False)
            Xs, ys = np.take(X_train, order, axis=0), np.take(y_train, order)
            lo = 0
            while lo < n:
                hi = min(lo + batch_size, n)
                grads = NetClassifier.cost_grad(Xs[lo:hi], ys[lo:hi], params, reg=reg)[1]
                for name in NAMES:
                    params[name] = params[name] - lr * grads[GRAD_OF[name]]
                lo = hi
            for where, X, y in (("train", X_train, y_train), ("val", X_val, y_val)):
                self.history[where + "_loss"][epoch] = NetClassifier.cost_grad(X, y, params, reg)[0]
                self.history[where + "_acc"][epoch] = self.score(X, y, params)
            epoch += 1
        self.params = params
