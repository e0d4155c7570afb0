import numpy as np


def softmax(X):
    out = np.empty(X.shape)
    np.subtract(X, X.max(axis=1, keepdims=True), out=out)
    np.exp(out, out=out)
    out /= np.einsum("ij->i", out)[:, None]
    return out


def relu(x):
    return np.clip(x, 0, None)


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        q = self.params if params is None else params
        A = np.dot(X, q["W1"])
        A += q["b1"]
        np.maximum(A, 0, out=A)
        S = np.dot(A, q["W2"])
        S += q["b2"]
        return S.argmax(1)

    def score(self, X, y, params=None):
        return np.count_nonzero(self.predict(X, params) == y) / X.shape[0]

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
        n, ar = X.shape[0], np.arange(X.shape[0])
        A = np.dot(X, W1)
        A += b1
        on = A > 0
        A *= on
        S = np.dot(A, W2)
        S += b2
        S -= S.max(axis=1, keepdims=True)
        cost = -S[ar, y].sum()
        np.exp(S, out=S)
        Z = np.dot(S, np.ones(S.shape[1]))
        cost += np.log(Z).sum()
        cost /= n
        S /= Z[:, None]
        S[ar, y] -= 1.0
        S *= 1.0 / n
        T = np.dot(S, W2.T)
        T *= on
        G1, G2 = np.dot(X.T, T), np.dot(A.T, S)
        if reg:
            cost += reg * (np.einsum("ij,ij->", W1, W1) + np.einsum("ij,ij->", W2, W2))
            G1 += (2 * reg) * W1
            G2 += (2 * reg) * W2
        ones = np.ones((1, n))
        return cost, {"d_w1": G1, "d_w2": G2, "d_b1": np.dot(ones, T), "d_b2": np.dot(ones, S)}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        q = {k: np.array(v, dtype=np.float64, copy=True) for k, v in init_params.items()}
        n = X_train.shape[0]
        H = np.zeros((4, epochs))
        Xs, ys, perm = np.empty(X_train.shape), np.empty(n, dtype=np.intp), np.arange(n)
        for e in range(epochs):
            np.random.shuffle(perm)
            np.take(X_train, perm, axis=0, out=Xs)
            ys[:] = y_train[perm]
            for lo in range(0, n, batch_size):
                g = self.cost_grad(Xs[lo : lo + batch_size], ys[lo : lo + batch_size], q, reg)[1]
                for k, w in q.items():
                    d = g["d_" + k.lower()]
                    d *= lr
                    w -= d
            H[0, e], H[2, e] = self.cost_grad(X_train, y_train, q, reg)[0], self.cost_grad(X_val, y_val, q, reg)[0]
            H[1, e], H[3, e] = self.score(X_train, y_train, q), self.score(X_val, y_val, q)
        self.params = q
        self.history = dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), H))
