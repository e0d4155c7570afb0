"""Net classifier with as few temporaries as possible."""

import numpy as np

NAMES = ("W1", "b1", "W2", "b2")
GRADS = ("d_w1", "d_b1", "d_w2", "d_b2")
CURVES = ("train_loss", "train_acc", "val_loss", "val_acc")


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    e = np.subtract(X, X.max(axis=1)[:, None])
    np.exp(e, out=e)
    return np.divide(e, e.sum(axis=1)[:, None], out=e)


def relu(x):
    return np.maximum(x, 0.0)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def _logits(X, params):
    a = X @ params["W1"]
    a += params["b1"]
    np.maximum(a, 0.0, out=a)
    z = a @ params["W2"]
    z += params["b2"]
    return a, z


class NetClassifier:
    __slots__ = ("params", "history")

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        return _logits(X, self.params if params is None else params)[1].argmax(axis=1)

    def score(self, X, y, params=None):
        return np.count_nonzero(self.predict(X, params) == y) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, W2 = params["W1"], params["W2"]
        n = len(X)
        at = np.arange(n), y
        a, z = _logits(X, params)

        z -= z.max(axis=1)[:, None]
        picked = z[at]
        np.exp(z, out=z)
        total = np.einsum("nk->n", z)
        cost = (np.log(total).sum() - picked.sum()) / n
        cost += reg * (np.vdot(W1, W1) + np.vdot(W2, W2))

        z /= total[:, None]
        z[at] -= 1.0
        z /= n
        back = z @ W2.T
        back *= a > 0.0
        d_w2 = a.T @ z
        d_w1 = X.T @ back
        if reg:
            d_w2 += (2.0 * reg) * W2
            d_w1 += (2.0 * reg) * W1
        return cost, {
            "d_w1": d_w1,
            "d_w2": d_w2,
            "d_b1": back.sum(axis=0, keepdims=True),
            "d_b2": z.sum(axis=0, keepdims=True),
        }

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = {name: np.array(init_params[name], dtype=np.float64) for name in NAMES}
        n = len(X_train)
        cuts = np.arange(batch_size, n, batch_size)
        curves = np.empty((len(CURVES), epochs))
        order = np.arange(n)
        for epoch in range(epochs):
            np.random.shuffle(order)
            X, y = np.take(X_train, order, axis=0), np.take(y_train, order)
            for x_part, y_part in zip(np.split(X, cuts), np.split(y, cuts)):
                _, grads = self.cost_grad(x_part, y_part, params, reg)
                for name, grad in zip(NAMES, GRADS):
                    step = grads[grad]
                    step *= lr
                    params[name] -= step.reshape(params[name].shape)
            curves[:, epoch] = (
                self.cost_grad(X_train, y_train, params, reg)[0],
                self.score(X_train, y_train, params),
                self.cost_grad(X_val, y_val, params, reg)[0],
                self.score(X_val, y_val, params),
            )
        self.params = params
        self.history = dict(zip(CURVES, curves))
