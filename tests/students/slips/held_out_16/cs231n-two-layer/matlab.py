"""Assignment 1, two-layer network. Written the MATLAB way: columns, zeros, loops, and a lot of .T"""

import numpy as np


def columns(A):
    return A.shape[1]


def rows(A):
    return A.shape[0]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = dict()
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(shape=(hidden_size,))
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(shape=(output_size,))

    def forward(self, Xt):
        """Xt is D x N, one example per column. A1 (H x N), Z1 (H x N), S (C x N)"""
        W1t = self.params["W1"].T
        W2t = self.params["W2"].T
        N = columns(Xt)
        H = rows(W1t)
        C = rows(W2t)
        Z1 = np.zeros(shape=(H, N))
        S = np.zeros(shape=(C, N))
        # bsxfun(@plus, W1'*X, b1)
        WX = W1t @ Xt
        for h in range(0, H):
            Z1[h, :] = WX[h, :] + self.params["b1"].flat[h]
        A1 = np.where(Z1 > 0, Z1, 0)
        WA = W2t @ A1
        for c in range(0, C):
            S[c, :] = WA[c, :] + self.params["b2"].flat[c]
        return A1, Z1, S

    def loss(self, X, y=None, reg=0.0):
        Xt = X.T
        A1, Z1, S = self.forward(Xt=Xt)
        if y is None:
            return S.T

        W1 = self.params["W1"]
        W2 = self.params["W2"]
        N = columns(Xt)
        C = rows(S)
        H = rows(A1)

        total = 0.0
        D2 = np.zeros(shape=(C, N))
        for n in range(0, N):
            s = S[:, n] - np.max(S[:, n])
            e = np.exp(s)
            total = total + np.log(np.sum(e)) - s[y[n]]
            D2[:, n] = e / np.sum(e)
            D2[y[n], n] = D2[y[n], n] - 1
        D2 = D2 / N
        loss = total / N + reg * (np.sum(W1[:] ** 2) + np.sum(W2[:] ** 2))

        D1 = W2 @ D2
        for h in range(0, H):
            off = np.flatnonzero(Z1[h, :] <= 0)
            D1[h, off] = 0

        dW1 = (D1 @ Xt.T).T + 2 * reg * W1
        dW2 = (D2 @ A1.T).T + 2 * reg * W2
        db1 = np.zeros(shape=(H,))
        db2 = np.zeros(shape=(C,))
        for n in range(0, N):
            db1 = db1 + D1[:, n]
            db2 = db2 + D2[:, n]
        return loss, dict(W1=dW1, b1=db1, W2=dW2, b2=db2)

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        N = rows(X)
        iters_per_pass = max(N // batch_size, 1)
        alpha = learning_rate
        loss_history = np.zeros(shape=(num_iters,))
        number_of_passes = num_iters // iters_per_pass
        train_acc_history = np.zeros(shape=(number_of_passes,))
        val_acc_history = np.zeros(shape=(number_of_passes,))

        for it in range(1, num_iters + 1):
            # idx = randi(N, batch_size, 1)
            idx = np.random.randint(low=0, high=N, size=(batch_size,))
            L, dP = self.loss(X=X[idx, :], y=y[idx], reg=reg)
            loss_history[it - 1] = L
            W1 = self.params["W1"] - alpha * dP["W1"]
            b1 = self.params["b1"] - alpha * dP["b1"]
            W2 = self.params["W2"] - alpha * dP["W2"]
            b2 = self.params["b2"] - alpha * dP["b2"]
            self.params["W1"] = W1
            self.params["b1"] = b1
            self.params["W2"] = W2
            self.params["b2"] = b2
            if verbose:
                print("iteration %d of %d: loss %f" % (it, num_iters, L))

            if it % iters_per_pass == 0:
                k = it // iters_per_pass
                train_acc_history[k - 1] = np.mean(self.predict(X=X[idx, :]) == y[idx])
                val_acc_history[k - 1] = np.mean(self.predict(X=X_val) == y_val)
                alpha = alpha * learning_rate_decay

        return dict(
            loss_history=loss_history, train_acc_history=train_acc_history, val_acc_history=val_acc_history
        )

    def predict(self, X):
        _, _, S = self.forward(Xt=X.T)
        N = columns(S)
        y_pred = np.zeros(shape=(N,), dtype=np.int64)
        for n in range(0, N):
            best = 0
            for c in range(1, rows(S)):
                if S[c, n] > S[best, n]:
                    best = c
            y_pred[n] = best
        return y_pred
