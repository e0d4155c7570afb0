import numpy as np

K = "W1", "b1", "W2", "b2"
dot, add = np.matmul, np.add.reduce


def one_in_k_encoding(vec, k):
    return np.equal.outer(vec, np.arange(k)).astype(float)


def lsm(z):
    return z - np.logaddexp.reduce(z, axis=1, keepdims=True)


def softmax(X):
    return np.exp(lsm(X))


def relu(x):
    return x.clip(0)


def get_init_params(i, h, o):
    return {k: np.random.normal(0, (2 / m) ** 0.5, (m, n)) if k[0] == "W" else np.zeros((1, n)) for k, m, n in zip(K, (i, 1, h, 1), (h, h, o, o))}


class NetClassifier:
    def __init__(self):
        self.params = self.history = None

    def predict(self, X, params=None):
        W, b, V, c = map((self.params if params is None else params).get, K)
        return (relu(X @ W + b) @ V + c).argmax(1)

    def score(self, X, y, params=None):
        return np.count_nonzero(self.predict(X, params) == y) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W, b, V, c = map(params.get, K)
        a = relu(X @ W + b)
        l = lsm(a @ V + c)
        r = np.arange(n := len(X)), y
        cost = -l[r].sum() / n + reg * sum(np.vdot(w, w) for w in (W, V))
        d = np.exp(l, out=l)
        d[r] -= 1
        d /= n
        e = np.where(a, d @ V.T, 0)
        return cost, dict(
            zip(
                ("d_w1", "d_b1", "d_w2", "d_b2"),
                (g for x, u, w in ((X, e, W), (a, d, V)) for g in (x.T @ u + 2 * reg * w, add(u, keepdims=True))),
            )
        )

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        p = {k: np.copy(init_params[k]) for k in K}
        log = []
        for _ in range(epochs):
            o = np.random.permutation(n := len(X_train))
            for i in np.split(o, range(batch_size, n, batch_size)):
                g = self.cost_grad(X_train[i], y_train[i], p, reg)[1]
                for k in K:
                    np.subtract(p[k], lr * g["d_" + k.lower()], out=p[k])
            log += [[f(*s, p, *q) for s in ((X_train, y_train), (X_val, y_val)) for f, q in ((lambda *a: self.cost_grad(*a)[0], (reg,)), (self.score, ()))]]
        self.params, self.history = p, dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), map(list, zip(*log))))
