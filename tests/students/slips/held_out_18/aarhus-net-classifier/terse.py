import numpy as np

one_in_k_encoding = lambda vec, k: (np.asarray(vec)[:, None] == np.r_[:k]).astype(float)
relu = lambda x: x * (x > 0)
softmax = lambda X: (e := np.exp(X - X.max(1)[:, None])) / e.sum(1)[:, None]
logp = lambda Z: (s := Z - Z.max(1)[:, None]) - np.log(np.exp(s).sum(1)[:, None])
z1 = lambda X, q: X @ q["W1"] + q["b1"]
z2 = lambda X, q: relu(z1(X, q)) @ q["W2"] + q["b2"]
lab = lambda y, q: one_in_k_encoding(y, q["W2"].shape[1])
d2 = lambda X, y, q: (softmax(z2(X, q)) - lab(y, q)) / len(X)
d1 = lambda X, y, q: d2(X, y, q) @ q["W2"].T * (z1(X, q) > 0)
key = "d_{}".format


class NetClassifier:
    params = history = None

    def predict(self, X, params=None): return z2(X, params or self.params).argmax(1)

    def score(self, X, y, params=None): return (self.predict(X, params) == y).mean()

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        q, u, v = params, d1(X, y, params), d2(X, y, params)
        J = -(lab(y, q) * logp(z2(X, q))).sum(1).mean() + reg * sum((q[w] ** 2).sum() for w in ("W1", "W2"))
        return J, dict(d_w1=X.T @ u + 2 * reg * q["W1"], d_w2=relu(z1(X, q)).T @ v + 2 * reg * q["W2"],
                       d_b1=u.sum(0)[None], d_b2=v.sum(0)[None])

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        q, h, n = {**init_params}, {k: [] for k in ("train_loss", "train_acc", "val_loss", "val_acc")}, len(X_train)
        for _ in range(epochs):
            o = np.random.permutation(n)
            for r in (o[i:i + batch_size] for i in np.r_[:n:batch_size]):
                g = self.cost_grad(X_train[r], y_train[r], q, reg)[1]
                q = {k: w - lr * g[key(k.lower())] for k, w in q.items()}
            for s, X, y in (("train", X_train, y_train), ("val", X_val, y_val)):
                h[s + "_loss"] += [self.cost_grad(X, y, q, reg)[0]]; h[s + "_acc"] += [self.score(X, y, q)]
        self.params, self.history = q, h
