"""Affine maps as linear ones: [X 1] [W; b]. All derivatives are taken of the block matrices and split at the end."""

import numpy as np


def one_in_k_encoding(vec, k):
    return (np.asarray(vec)[:, None] == np.arange(k)[None, :]).astype(np.float64)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def logsumexp(Z):
    """log(sum_j exp(Z_ij)) as a column; the mean is taken off first, then the largest deviation from it."""
    mean = Z @ np.full((Z.shape[1], 1), 1.0 / Z.shape[1])
    top = np.max(Z - mean, axis=1, keepdims=True) + mean
    ones = np.ones((Z.shape[1], 1))
    return top + np.log(np.exp(Z - top) @ ones)


def softmax(X):
    X = np.asarray(X, dtype=np.float64)
    p = np.exp(X - logsumexp(X))
    return p / (p @ np.ones((p.shape[1], 1)))


def relu(x):
    return 0.5 * (x + np.abs(x))


def bordered(A):
    """[A 1]"""
    return np.hstack([A, np.ones((A.shape[0], 1))])


def theta(W, b):
    """[W; b]"""
    return np.vstack([W, np.reshape(b, (1, -1))])


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        params = self.params if params is None else params
        A = relu(bordered(X) @ theta(params["W1"], params["b1"]))
        P = softmax(bordered(A) @ theta(params["W2"], params["b2"]))
        return P.argmax(1)

    def score(self, X, y, params=None):
        hits = (self.predict(X, params) - y) == 0
        return hits.astype(np.float64) @ np.ones(len(y)) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        T1, T2 = theta(params["W1"], params["b1"]), theta(params["W2"], params["b2"])
        n, k = X.shape[0], T2.shape[1]
        X1 = bordered(X)
        Z = X1 @ T1
        A1 = bordered(relu(Z))
        S = A1 @ T2
        P = softmax(S)
        T = one_in_k_encoding(y, k)

        # E = 1/n 1^T (lse(S) - diag(S T^T)) + reg tr(W^T W); the border of ones carries no penalty
        M1, M2 = T1.copy(), T2.copy()
        M1[-1], M2[-1] = 0, 0
        nll = logsumexp(S)[:, 0] - np.einsum("ij,ij->i", S, T)
        cost = nll.sum() / n + reg * (np.trace(M1.T @ M1) + np.trace(M2.T @ M2))

        # full Jacobian dP_i/dS_j = P_i (1[i = j] - P_j), applied to -t/p: p^T J = t^T (1 - p)
        J = np.einsum("ni,ij->nij", P, np.eye(k)) - np.einsum("ni,nj->nij", P, P)
        t_over_p = T / np.maximum(P, np.finfo(np.float64).tiny)
        G = -np.einsum("ni,nij->nj", t_over_p, J)
        # where p underflows the product above loses t; the closed form is P - T
        lost = np.einsum("ni,ni->n", T, P) < 1e-200
        G = np.where(lost[:, None], P - T, G) / n
        D2 = A1.T @ G + 2 * reg * M2
        H = np.heaviside(Z, 0.0)
        D1 = X1.T @ (H * (G @ T2[:-1].T)) + 2 * reg * M1
        return cost, {"d_w1": D1[:-1], "d_b1": D1[-1:], "d_w2": D2[:-1], "d_b2": D2[-1:]}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        names = ("W1", "b1", "W2", "b2")
        w = {name: np.array(init_params[name], dtype=np.float64) for name in names}
        n = X_train.shape[0]
        record = np.zeros((4, epochs))
        for epoch in range(epochs):
            # a random order: the ranks of n uniform numbers
            order = np.argsort(np.random.rand(n))
            for rows in np.split(order, np.arange(batch_size, n, batch_size)):
                g = self.cost_grad(X_train[rows], y_train[rows], w, reg)[1]
                w = {name: w[name] - lr * g["d_" + name.lower()] for name in names}
            record[:, epoch] = (
                self.cost_grad(X_train, y_train, w, reg)[0],
                self.score(X_train, y_train, w),
                self.cost_grad(X_val, y_val, w, reg)[0],
                self.score(X_val, y_val, w),
            )
        self.params = w
        self.history = dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), record))
