import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        r = np.random.randn
        self.params = {
            "W1": std * r(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * r(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        p = self.params
        A, B = p["W1"], p["W2"]
        n, h, c = len(X), A.shape[1], B.shape[1]
        u = np.empty((n, h))
        np.dot(X, A, out=u)
        u += p["b1"]
        off = np.nonzero(u.ravel() <= 0)[0]
        u.ravel()[off] = 0
        v = np.empty((n, c))
        np.dot(u, B, out=v)
        v += p["b2"]
        if y is None:
            return v
        k = y + c * np.arange(n)
        # rows sorted: last column is the maximum
        v -= np.sort(v, axis=1)[:, -1:]
        L = -v.take(k).sum()
        np.exp(v, out=v)
        s = np.dot(v, np.ones(c))
        L += np.log(s).sum()
        v *= (1.0 / s).reshape(n, 1)
        v.ravel()[k] -= 1
        v *= 1.0 / n
        gA, gB = np.multiply(A, 2 * reg), np.multiply(B, 2 * reg)
        gB += np.dot(u.T, v)
        w = np.dot(v, B.T)
        w.ravel()[off] = 0
        gA += np.dot(X.T, w)
        o = np.ones(n)
        R = reg * (np.square(A).sum() + np.square(B).sum())
        return L / n + R, {"W1": gA, "b1": o.dot(w), "W2": gB, "b2": o.dot(v)}

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
        n = X.shape[0]
        m = max(n // batch_size, 1)
        I = np.random.randint(0, n, (num_iters, batch_size))
        H = np.empty(num_iters)
        T, V = [], []
        for i, r in enumerate(I):
            a = learning_rate * learning_rate_decay ** (i // m)
            H[i], g = self.loss(X[r], y[r], reg)
            for k in g:
                self.params[k] = self.params[k] - a * g[k]
            if (i + 1) % m == 0:
                T.append((self.predict(X[r]) == y[r]).mean())
                V.append((self.predict(X_val) == y_val).mean())
        return {"loss_history": H.tolist(), "train_acc_history": T, "val_acc_history": V}

    def predict(self, X):
        v = self.loss(X)
        return np.argsort(v, axis=1)[:, -1]
