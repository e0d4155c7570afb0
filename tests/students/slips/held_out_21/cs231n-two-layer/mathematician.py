"""Indices: d inputs, h hidden units, c classes, n examples. All matrices inside have the examples as columns.

    Z_hn = W1_dh X_nd + b1_h,   A = max(Z, 0),   S_cn = W2_hc A_hn + b2_c,   P_cn = exp S_cn / sum_c' exp S_c'n
"""
import numpy as np


def hat(W, b):
    """The affine map as one matrix: (in + 1, out), with the bias as its last row."""
    return np.vstack([W, np.reshape(b, (1, -1))])


def with_one(M):
    """(m, n) -> (m + 1, n): each column gets a 1 at its end."""
    return np.vstack([M, np.ones(M.shape[1])])


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = dict(
            W1=np.random.randn(input_size, hidden_size) * std,
            b1=np.zeros(hidden_size),
            W2=np.random.randn(hidden_size, output_size) * std,
            b2=np.zeros(output_size),
        )

    def columns(self, X):
        V1, V2 = hat(self.params["W1"], self.params["b1"]), hat(self.params["W2"], self.params["b2"])
        Z = np.einsum("ih,in->hn", V1, with_one(X.T))
        A = np.maximum(Z, 0)
        S = np.einsum("ic,in->cn", V2, with_one(A))
        return Z, A, S

    def loss(self, X, y=None, reg=0.0):
        Z, A, S = self.columns(X)
        C, N = S.shape
        S_max = S.max(axis=0)
        P = np.exp(S - S_max)
        norm = P.sum(axis=0)
        P = P / norm
        if y is None:
            return S.T
        Y = np.eye(C)[:, y]
        W1, W2 = self.params["W1"], self.params["W2"]
        # log-sum-exp of each column minus the score of its class, tr(Y^T S)
        s_y = np.einsum("cn,cn->n", Y, S)
        L = np.mean(S_max + np.log(norm) - s_y)
        R = np.trace(W1.T @ W1) + np.trace(W2.T @ W2)

        D2 = (P - Y) / N
        # through both affine maps in the extended notation; the last row of each gradient is that of the bias
        G2 = np.einsum("in,cn->ic", with_one(A), D2)
        D1 = np.einsum("hc,cn->hn", W2, D2) * (Z > 0)
        G1 = np.einsum("in,hn->ih", with_one(X.T), D1)
        grads = {"W1": G1[:-1] + 2 * reg * W1, "b1": G1[-1], "W2": G2[:-1] + 2 * reg * W2, "b2": G2[-1]}
        return L + reg * R, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        N = X.shape[0]
        per_epoch = max(N // batch_size, 1)
        B = min(N, batch_size)
        eta = learning_rate
        L, acc, acc_val = np.zeros(num_iters), [], []
        for t in range(num_iters):
            omega = np.random.permutation(N)[:B]  # a random subset
            L[t], G = self.loss(X[omega], y[omega], reg)
            for s in ("W1", "b1", "W2", "b2"):
                self.params[s] = self.params[s] - eta * G[s]
            if (t + 1) % per_epoch == 0:
                acc.append(np.mean(self.predict(X) == y))
                acc_val.append(np.mean(self.predict(X_val) == y_val))
                eta = eta * learning_rate_decay
        return {"loss_history": L.tolist(), "train_acc_history": acc, "val_acc_history": acc_val}

    def predict(self, X):
        return np.argmax(self.columns(X)[2], axis=0)
