import numpy as np

ORDER = ("W1", "b1", "W2", "b2")
ACT = {"f": lambda z: np.where(z > 0, z, 0), "df": lambda z: np.where(z > 0, 1, 0)}


def logsumexp(s, axis=-1):
    m = np.max(s, axis=axis, keepdims=True)
    return m + np.log(np.exp(s - m).sum(axis=axis, keepdims=True))


def sq(*Ws):
    return sum(np.einsum("ij,ij", W, W) for W in Ws)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        W1, b1, W2, b2 = map(self.params.get, ORDER)
        z = np.einsum("nd,dh->nh", X, W1) + b1[None, :]
        a = ACT["f"](z)
        s = np.einsum("nh,hc->nc", a, W2) + b2[None, :]
        if y is None:
            return s
        n = X.shape[0]
        T = np.eye(W2.shape[1])[y]
        logp = s - logsumexp(s)
        loss = np.einsum("nc,nc->", T, -logp) / n + reg * sq(W1, W2)

        G = np.exp(logp)
        np.add.at(G, (np.arange(n), y), -1)
        G = G / n
        D = np.einsum("nc,hc->nh", G, W2) * ACT["df"](z)
        grads = {
            "W2": np.einsum("nh,nc->hc", a, G) + 2 * reg * W2,
            "b2": np.einsum("nc->c", G),
            "W1": np.einsum("nd,nh->dh", X, D) + 2 * reg * W1,
            "b1": np.einsum("nh->h", D),
        }
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        n = X.shape[0]
        epoch = max(n // batch_size, 1)
        hist = {"loss_history": np.empty(num_iters), "train_acc_history": [], "val_acc_history": []}
        acc = lambda A, b: np.mean(self.predict(A) == b)
        picks = np.random.randint(n, size=(num_iters, batch_size))
        for it, rows in enumerate(picks):
            rate = learning_rate * learning_rate_decay ** (it // epoch)
            hist["loss_history"][it], g = self.loss(X[rows], y[rows], reg)
            self.params = {k: self.params[k] - rate * g[k] for k in ORDER}
            if it % epoch == epoch - 1:
                hist["train_acc_history"].append(acc(X[rows], y[rows]))
                hist["val_acc_history"].append(acc(X_val, y_val))
        return hist

    def predict(self, X):
        s = self.loss(X)
        return np.where(s >= s.max(axis=1, keepdims=True), 1, 0).argmax(axis=1)
