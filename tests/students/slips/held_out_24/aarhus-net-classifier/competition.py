import numpy as np


def one_in_k_encoding(vec, k):
    return (np.asarray(vec)[:, None] == np.arange(k)).astype(float)


def softmax(X):
    q = np.empty(X.shape)
    np.subtract(X, np.take_along_axis(X, X.argmax(1)[:, None], 1), out=q)
    np.exp(q, out=q)
    q /= np.einsum("ij->i", q)[:, None]
    return q


def relu(x):
    o = np.zeros(x.shape)
    np.copyto(o, x, where=x > 0)
    return o


def get_init_params(input_dim, hidden_size, output_size):
    s = (2 / input_dim) ** 0.5, (2 / hidden_size) ** 0.5
    return {
        "W1": s[0] * np.random.randn(input_dim, hidden_size),
        "b1": np.zeros((1, hidden_size)),
        "W2": s[1] * np.random.randn(hidden_size, output_size),
        "b2": np.zeros((1, output_size)),
    }


K = ("W1", "b1", "W2", "b2")


def views(f, sh):
    """one flat array -> dict of windows into it"""
    o, w = 0, {}
    for k, (i, j) in zip(K, sh):
        w[k] = f[o : o + i * j].reshape(i, j)
        o += i * j
    return w


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        q = params or self.params
        u = np.dot(X, q["W1"])
        u += q["b1"]
        u *= u > 0
        v = np.dot(u, q["W2"])
        v += q["b2"]
        return v.argmax(1)

    def score(self, X, y, params=None):
        return np.count_nonzero(self.predict(X, params) == np.ravel(y)) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        A, a, B, b = (params[k] for k in K)
        n = X.shape[0]
        r = np.arange(n)
        u = X.dot(A) + a
        on = u > 0
        u *= on
        v = u.dot(B) + b
        v -= v.max(1)[:, None]
        t = v[r, y].sum()
        np.exp(v, out=v)
        s = v.sum(1)
        c = (np.log(s).sum() - t) / n
        v /= s[:, None]
        v[r, y] -= 1
        v /= n
        dB = u.T.dot(v)
        w = v.dot(B.T)
        w *= on
        dA = X.T.dot(w)
        if reg:
            c += reg * (np.vdot(A, A) + np.vdot(B, B))
            dA += 2 * reg * A
            dB += 2 * reg * B
        return c, {"d_w1": dA, "d_w2": dB, "d_b1": w.sum(0)[None], "d_b2": v.sum(0)[None]}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        n = X_train.shape[0]
        sh = [np.atleast_2d(init_params[k]).shape for k in K]
        P = np.concatenate([np.ravel(init_params[k]) for k in K])
        G = np.empty_like(P)
        p, g = views(P, sh), views(G, sh)
        h = np.empty((4, epochs))
        for e in range(epochs):
            o = np.argsort(np.random.rand(n))
            x, t = X_train[o], y_train[o]
            for i in range(0, n, batch_size):
                d = self.cost_grad(x[i : i + batch_size], t[i : i + batch_size], p, reg)[1]
                for k in K:
                    g[k][:] = d["d_" + k.lower()]
                P -= lr * G
            h[0, e] = self.cost_grad(X_train, y_train, p, reg)[0]
            h[1, e] = self.score(X_train, y_train, p)
            h[2, e] = self.cost_grad(X_val, y_val, p, reg)[0]
            h[3, e] = self.score(X_val, y_val, p)
        self.params = p
        self.history = dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), h))
