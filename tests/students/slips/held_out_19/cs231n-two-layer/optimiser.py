import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _net(self, X):
        p = self.params
        A = np.dot(X, p["W1"])
        np.add(A, p["b1"], out=A)
        np.maximum(A, 0.0, out=A)
        S = np.dot(A, p["W2"])
        np.add(S, p["b2"], out=S)
        return A, S

    def loss(self, X, y=None, reg=0.0):
        A, S = self._net(X)
        if y is None:
            return S
        W1, W2, n = self.params["W1"], self.params["W2"], X.shape[0]
        ar = np.arange(n)
        S -= S.max(axis=1)[:, None]
        value = -S[ar, y].sum()
        np.exp(S, out=S)
        z = S.sum(axis=1)
        value = (value + np.log(z).sum()) / n + reg * (np.vdot(W1, W1) + np.vdot(W2, W2))
        S *= (1.0 / (n * z))[:, None]
        S[ar, y] -= 1.0 / n
        g2, db2 = np.dot(A.T, S), np.add.reduce(S, axis=0)
        T = np.dot(S, W2.T)
        T[A == 0.0] = 0.0
        g1, db1 = np.dot(X.T, T), np.add.reduce(T, axis=0)
        r = 2.0 * reg
        g1 += r * W1
        g2 += r * W2
        return value, {"W1": g1, "b1": db1, "W2": g2, "b2": db2}

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
        n, p = X.shape[0], self.params
        every = max(n // batch_size, 1)
        hist, ta, va = np.empty(num_iters), [], []
        Xb, yb = np.empty((batch_size, X.shape[1])), np.empty(batch_size, dtype=np.intp)
        # all indices at once: one row of the table is one batch
        table = np.random.randint(n, size=(num_iters, batch_size))
        alpha = learning_rate
        for i, idx in enumerate(table):
            np.take(X, idx, axis=0, out=Xb)
            yb[:] = y[idx]
            hist[i], g = self.loss(Xb, yb, reg)
            for k in p:
                g[k] *= -alpha
                g[k] += p[k]
                p[k] = g[k]
            if i % every == every - 1:
                ta.append(np.mean(self.predict(Xb) == yb))
                va.append(np.mean(self.predict(X_val) == y_val))
                alpha *= learning_rate_decay
        return {"loss_history": hist, "train_acc_history": ta, "val_acc_history": va}

    def predict(self, X):
        return self._net(X)[1].argmax(axis=1)
