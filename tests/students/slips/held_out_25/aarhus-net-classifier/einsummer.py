import numpy as np

SQUARES = lambda W: np.einsum("ij,ij->", W, W)
KEYS = {"W1": "d_w1", "b1": "d_b1", "W2": "d_w2", "b2": "d_b2"}


def one_in_k_encoding(vec, k):
    return np.eye(k)[vec]


def logsumexp(s):
    top = s.max(axis=1)[:, None]
    return top + np.log(np.einsum("nk->n", np.exp(s - top))[:, None])


def softmax(X):
    return np.exp(X - logsumexp(X))


def relu(x):
    return np.where(x > 0, x, 0.0)


def get_init_params(input_dim, hidden_size, output_size):
    he = lambda i, o: np.random.normal(0, np.sqrt(2 / i), (i, o))
    return {
        "W1": he(input_dim, hidden_size),
        "b1": np.zeros((1, hidden_size)),
        "W2": he(hidden_size, output_size),
        "b2": np.zeros((1, output_size)),
    }


def affine(x, W, b):
    return np.einsum("ni,io->no", x, W) + b


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        p = self.params if params is None else params
        s = affine(relu(affine(X, p["W1"], p["b1"])), p["W2"], p["b2"])
        return s.argmax(axis=1)

    def score(self, X, y, params=None):
        confusion = np.zeros((2,))
        np.add.at(confusion, 1 * (self.predict(X, params) == y), 1)
        return confusion[1] / confusion.sum()

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = [params[k] for k in KEYS]
        n, k = len(y), W2.shape[1]
        t = one_in_k_encoding(y, k)
        z1 = affine(X, W1, b1)
        a1 = relu(z1)
        z2 = affine(a1, W2, b2)
        logp = z2 - logsumexp(z2)
        cost = -np.einsum("nk,nk->", t, logp) / n + reg * (SQUARES(W1) + SQUARES(W2))

        e = (np.exp(logp) - t) / n
        back = np.einsum("nk,hk,nh->nh", e, W2, 1.0 * (z1 > 0))
        grads = {
            "d_w1": np.einsum("nd,nh->dh", X, back) + 2 * reg * W1,
            "d_b1": np.einsum("nh->h", back)[None],
            "d_w2": np.einsum("nh,nk->hk", a1, e) + 2 * reg * W2,
            "d_b2": np.einsum("nk->k", e)[None],
        }
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        p = {k: init_params[k] + 0.0 for k in KEYS}
        parts = {"train": (X_train, y_train), "val": (X_val, y_val)}
        measure = {
            "loss": lambda X, y: self.cost_grad(X, y, p, reg)[0],
            "acc": lambda X, y: self.score(X, y, p),
        }
        history = {f"{part}_{m}": np.zeros(epochs) for part in parts for m in measure}
        n = len(y_train)
        for epoch in range(epochs):
            order = np.argsort(np.random.rand(n))
            for rows in np.split(order, np.arange(batch_size, n, batch_size)):
                g = self.cost_grad(X_train[rows], y_train[rows], p, reg)[1]
                for k, d in KEYS.items():
                    p[k] = p[k] - lr * g[d]
            for part, (X, y) in parts.items():
                for m, f in measure.items():
                    history[f"{part}_{m}"][epoch] = f(X, y)
        self.params, self.history = p, history
