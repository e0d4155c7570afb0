# Hand-in 2, Net classifier
# (I think in MATLAB, so: everything preallocated, everything indexed)
import numpy as np
from math import exp, log


def one_in_k_encoding(vec, k):
    n = len(vec)
    enc = np.zeros((n, k))
    for i in range(n):
        enc[i, vec[i]] = 1
    return enc


def softmax(X):
    n = X.shape[0]
    k = X.shape[1]
    P = np.zeros((n, k))
    for i in range(0, n):
        biggest = X[i, 0]
        for j in range(1, k):
            if X[i, j] > biggest:
                biggest = X[i, j]
        total = 0.0
        for j in range(0, k):
            P[i, j] = exp(X[i, j] - biggest)
            total = total + P[i, j]
        for j in range(0, k):
            P[i, j] = P[i, j] / total
    return P


def relu(x):
    rows = x.shape[0]
    cols = x.shape[1]
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            if x[r, c] > 0:
                out[r, c] = x[r, c]
    return out


def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size))
    b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size))
    b2 = np.zeros((1, output_size))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def sum_of_squares(M):
    s = 0.0
    for r in range(M.shape[0]):
        for c in range(M.shape[1]):
            s = s + M[r, c] * M[r, c]
    return s


class NetClassifier:

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        W1 = params["W1"]
        W2 = params["W2"]
        h = W1.shape[1]
        k = W2.shape[1]
        b1 = np.reshape(params["b1"], h)
        b2 = np.reshape(params["b2"], k)
        n = X.shape[0]
        Y = np.zeros(n, dtype=int)
        for i in range(n):
            hidden = np.dot(X[i, :], W1) + b1
            for j in range(h):
                if hidden[j] < 0:
                    hidden[j] = 0
            out = np.dot(hidden, W2) + b2
            best = 0
            for c in range(1, k):
                if out[c] > out[best]:
                    best = c
            Y[i] = best
        return Y

    def score(self, X, y, params=None):
        guess = self.predict(X, params)
        n = X.shape[0]
        right = 0
        for i in range(n):
            if guess[i] == y[i]:
                right = right + 1
        return right / n

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1 = params["W1"]
        W2 = params["W2"]
        n = X.shape[0]
        d = W1.shape[0]
        h = W1.shape[1]
        k = W2.shape[1]
        b1 = np.reshape(params["b1"], h)
        b2 = np.reshape(params["b2"], k)

        # ---- forward ----
        Z1 = np.zeros((n, h))
        Z2 = np.zeros((n, k))
        for i in range(n):
            Z1[i, :] = np.dot(X[i, :], W1) + b1
        A1 = relu(Z1)
        for i in range(n):
            Z2[i, :] = np.dot(A1[i, :], W2) + b2
        P = softmax(Z2)

        # ---- cost ----
        cost = 0.0
        for i in range(n):
            m = max(Z2[i, :])
            s = 0.0
            for c in range(k):
                s = s + exp(Z2[i, c] - m)
            cost = cost - (Z2[i, y[i]] - m - log(s))
        cost = cost / n
        cost = cost + reg * sum_of_squares(W1)
        cost = cost + reg * sum_of_squares(W2)

        # ---- backward ----
        gW1 = np.zeros((d, h))
        gb1 = np.zeros((1, h))
        gW2 = np.zeros((h, k))
        gb2 = np.zeros((1, k))
        for i in range(n):
            d2 = np.zeros(k)
            for c in range(k):
                d2[c] = P[i, c]
                if c == y[i]:
                    d2[c] = d2[c] - 1
                d2[c] = d2[c] / n
            d1 = np.dot(W2, d2)
            for j in range(h):
                if Z1[i, j] <= 0:
                    d1[j] = 0
            gW2 = gW2 + np.outer(A1[i, :], d2)
            gb2[0, :] = gb2[0, :] + d2
            gW1 = gW1 + np.outer(X[i, :], d1)
            gb1[0, :] = gb1[0, :] + d1
        gW1 = gW1 + 2 * reg * W1
        gW2 = gW2 + 2 * reg * W2
        grads = {}
        grads["d_w1"] = gW1
        grads["d_w2"] = gW2
        grads["d_b1"] = gb1
        grads["d_b2"] = gb2
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        n = X_train.shape[0]
        p = {}
        p["W1"] = init_params["W1"].copy()
        p["b1"] = init_params["b1"].copy()
        p["W2"] = init_params["W2"].copy()
        p["b2"] = init_params["b2"].copy()
        train_loss = np.zeros(epochs)
        train_acc = np.zeros(epochs)
        val_loss = np.zeros(epochs)
        val_acc = np.zeros(epochs)
        idx = np.zeros(n, dtype=int)
        for i in range(n):
            idx[i] = i
        n_batches = (n + batch_size - 1) // batch_size
        for e in range(epochs):
            # Fisher-Yates
            for i in range(n - 1, 0, -1):
                j = np.random.randint(0, i + 1)
                tmp = idx[i]
                idx[i] = idx[j]
                idx[j] = tmp
            for b in range(n_batches):
                first = b * batch_size
                last = first + batch_size
                if last > n:
                    last = n
                xb = np.zeros((last - first, X_train.shape[1]))
                yb = np.zeros(last - first, dtype=int)
                for q in range(first, last):
                    xb[q - first, :] = X_train[idx[q], :]
                    yb[q - first] = y_train[idx[q]]
                c, g = self.cost_grad(xb, yb, p, reg)
                p["W1"] = p["W1"] - lr * g["d_w1"]
                p["W2"] = p["W2"] - lr * g["d_w2"]
                p["b1"] = p["b1"] - lr * g["d_b1"]
                p["b2"] = p["b2"] - lr * g["d_b2"]
            c, g = self.cost_grad(X_train, y_train, p, reg)
            train_loss[e] = c
            train_acc[e] = self.score(X_train, y_train, p)
            c, g = self.cost_grad(X_val, y_val, p, reg)
            val_loss[e] = c
            val_acc[e] = self.score(X_val, y_val, p)
        self.params = p
        self.history = {}
        self.history["train_loss"] = train_loss
        self.history["train_acc"] = train_acc
        self.history["val_loss"] = val_loss
        self.history["val_acc"] = val_acc
