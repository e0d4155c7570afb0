"""Handin 2, network classifier.

Years of MATLAB, sorry: inside the methods an example is a COLUMN, X is turned at the door with .T and the results are
turned back. Loops where I was not sure about the broadcasting.
"""

import numpy as np


def size(A, dim):
    # size(A, 1) = rows, size(A, 2) = columns
    return A.shape[dim - 1]


def sub2ind(rows, r, c):
    # linear index, column major, zero based
    return c * rows + r


def one_in_k_encoding(vec, k):
    encoded = np.zeros(shape=(len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    Z = X.T
    k = size(Z, 1)
    n = size(Z, 2)
    S = np.zeros(shape=(k, n))
    for j in range(0, n):
        col = Z[:, j]
        col = np.exp(col - np.max(col))
        S[:, j] = col / np.sum(col)
    return S.T


def relu(x):
    A = np.zeros(shape=(size(x, 1), size(x, 2)))
    for j in range(0, size(x, 2)):
        on = np.flatnonzero(x[:, j] > 0)
        A[on, j] = x[on, j]
    return A


def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.normal(loc=0, scale=np.sqrt(2 / input_dim), size=(input_dim, hidden_size))
    W2 = np.random.normal(loc=0, scale=np.sqrt(2 / hidden_size), size=(hidden_size, output_size))
    b1 = np.zeros(shape=(1, hidden_size))
    b2 = np.zeros(shape=(1, output_size))
    return dict(W1=W1, b1=b1, W2=W2, b2=b2)


def forward_columns(Xc, params):
    """Xc (d, n) -> z1 (h, n), a1 (h, n), p (k, n)"""
    W1 = params["W1"].T
    W2 = params["W2"].T
    b1 = np.reshape(params["b1"], (-1, 1))
    b2 = np.reshape(params["b2"], (-1, 1))
    n = size(Xc, 2)
    z1 = W1 @ Xc + np.tile(b1, (1, n))
    a1 = relu(z1.T).T
    z2 = W2 @ a1 + np.tile(b2, (1, n))
    p = softmax(z2.T).T
    return z1, a1, p


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        _, _, p = forward_columns(X.T, params)
        n = size(X, 1)
        y_hat = np.zeros(shape=(n,), dtype=int)
        for j in range(0, n):
            # [~, y_hat(j)] = max(p(:, j))
            y_hat[j] = np.argmax(p[:, j])
        return y_hat

    def score(self, X, y, params=None):
        y_hat = self.predict(X, params=params)
        hits = 0
        for j in range(0, len(y)):
            if y_hat[j] == y[j]:
                hits = hits + 1
        return hits / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        Xc = X.T
        n = size(Xc, 2)
        W1 = params["W1"].T
        W2 = params["W2"].T
        h = size(W1, 1)
        k = size(W2, 1)

        z1, a1, p = forward_columns(Xc, params)

        # labels(sub2ind(size(labels), y, 1:n)) = 1
        ind = sub2ind(k, np.asarray(y), np.arange(0, n))
        labels = np.zeros(shape=(k * n,))
        labels[ind] = 1
        labels = np.reshape(labels, (k, n), order="F")

        p_right = np.reshape(p, (k * n,), order="F")[ind]
        cost = -np.sum(np.log(p_right)) / n
        cost = cost + reg * (np.sum(W1[:] ** 2) + np.sum(W2[:] ** 2))

        delta2 = (p - labels) / n
        d_w2 = delta2 @ a1.T + 2 * reg * W2
        d_b2 = np.sum(delta2, axis=1)
        mask = np.zeros(shape=(h, n))
        mask[z1 > 0] = 1
        delta1 = (W2.T @ delta2) * mask
        d_w1 = delta1 @ Xc.T + 2 * reg * W1
        d_b1 = np.sum(delta1, axis=1)

        grads = {}
        grads["d_w1"] = d_w1.T
        grads["d_w2"] = d_w2.T
        grads["d_b1"] = np.reshape(d_b1, (1, h))
        grads["d_b2"] = np.reshape(d_b2, (1, k))
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=0.0001, epochs=30):
        n = size(X_train, 1)
        number_of_batches = int(np.ceil(n / batch_size))

        W1 = np.copy(init_params["W1"])
        b1 = np.copy(init_params["b1"])
        W2 = np.copy(init_params["W2"])
        b2 = np.copy(init_params["b2"])

        train_loss = np.zeros(shape=(epochs,))
        train_acc = np.zeros(shape=(epochs,))
        val_loss = np.zeros(shape=(epochs,))
        val_acc = np.zeros(shape=(epochs,))

        for t in range(1, epochs + 1):
            perm = np.random.permutation(n)
            for b in range(1, number_of_batches + 1):
                first = (b - 1) * batch_size + 1
                last = min(b * batch_size, n)
                idx = perm[first - 1 : last]
                now = dict(W1=W1, b1=b1, W2=W2, b2=b2)
                _, grads = self.cost_grad(X=X_train[idx, :], y=y_train[idx], params=now, reg=reg)
                W1 = W1 - lr * grads["d_w1"]
                b1 = b1 - lr * grads["d_b1"]
                W2 = W2 - lr * grads["d_w2"]
                b2 = b2 - lr * grads["d_b2"]
            now = dict(W1=W1, b1=b1, W2=W2, b2=b2)
            train_loss[t - 1], _ = self.cost_grad(X=X_train, y=y_train, params=now, reg=reg)
            train_acc[t - 1] = self.score(X=X_train, y=y_train, params=now)
            val_loss[t - 1], _ = self.cost_grad(X=X_val, y=y_val, params=now, reg=reg)
            val_acc[t - 1] = self.score(X=X_val, y=y_val, params=now)

        self.params = dict(W1=W1, b1=b1, W2=W2, b2=b2)
        self.history = dict(train_loss=train_loss, train_acc=train_acc, val_loss=val_loss, val_acc=val_acc)
