# Hand-in 2, neural net.  Everything inside is column-major in spirit: features x samples,
# as I would have it in Julia.  Buffers are allocated once and filled with out=.
import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    buf = np.empty(X.shape, dtype=np.float64)
    colmax = np.empty((X.shape[0], 1))
    np.max(X, axis=1, keepdims=True, out=colmax)
    np.subtract(X, colmax, out=buf)
    np.exp(buf, out=buf)
    total = np.einsum("ij->i", buf)
    np.divide(buf, total[:, None], out=buf)
    return buf


def relu(x):
    out = np.empty(x.shape, dtype=np.float64)
    np.maximum(x, 0.0, out=out)
    return out


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class Work:
    """Scratch arrays for m samples: every matrix is units x samples."""

    def __init__(self, m, h, k):
        self.Z = np.empty((h, m))
        self.A = np.empty((h, m))
        self.S = np.empty((k, m))
        self.D2 = np.empty((k, m))
        self.D1 = np.empty((h, m))


def forward_columns(X, params, work):
    """Fills Z, A and S (scores, shifted so that each column's largest is 0)."""
    np.einsum("dh,nd->hn", params["W1"], X, out=work.Z)
    work.Z += np.reshape(params["b1"], (-1, 1))
    np.maximum(work.Z, 0.0, out=work.A)
    np.einsum("hk,hn->kn", params["W2"], work.A, out=work.S)
    work.S += np.reshape(params["b2"], (-1, 1))
    work.S -= work.S.max(axis=0)


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        h, k = params["W2"].shape
        work = Work(X.shape[0], h, k)
        forward_columns(X, params, work)
        return work.S.argmax(axis=0)

    def score(self, X, y, params=None):
        hits = np.count_nonzero(self.predict(X, params) == y)
        return hits / X.shape[0]

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, W2 = params["W1"], params["W2"]
        n = X.shape[0]
        h, k = W2.shape
        work = Work(n, h, k)
        forward_columns(X, params, work)
        cols = np.arange(n)

        # log-sum-exp per column, then -log p of the right class
        np.exp(work.S, out=work.D2)
        colsum = np.einsum("kn->n", work.D2)
        cost = (np.log(colsum).sum() - work.S[y, cols].sum()) / n
        cost += reg * (np.einsum("dh,dh->", W1, W1) + np.einsum("hk,hk->", W2, W2))

        # D2 <- (P - T) / n
        np.divide(work.D2, colsum, out=work.D2)
        work.D2[y, cols] -= 1.0
        work.D2 /= n

        # D1 <- (W2 D2) where Z > 0
        np.einsum("hk,kn->hn", W2, work.D2, out=work.D1)
        np.multiply(work.D1, work.Z > 0.0, out=work.D1)

        d_w1 = np.empty_like(W1, dtype=np.float64)
        d_w2 = np.empty_like(W2, dtype=np.float64)
        np.einsum("nd,hn->dh", X, work.D1, out=d_w1)
        np.einsum("hn,kn->hk", work.A, work.D2, out=d_w2)
        d_w1 += 2.0 * reg * W1
        d_w2 += 2.0 * reg * W2
        d_b1 = np.einsum("hn->h", work.D1)[None, :]
        d_b2 = np.einsum("kn->k", work.D2)[None, :]
        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        theta = {key: np.array(val, dtype=np.float64, copy=True) for key, val in init_params.items()}
        n = X_train.shape[0]
        perm = np.arange(n)
        # four rows of one table: train loss, train acc, val loss, val acc
        table = np.empty((4, epochs))

        for ep in range(epochs):
            np.random.shuffle(perm)
            lo = 0
            while lo < n:
                hi = min(lo + batch_size, n)
                idx = perm[lo:hi]
                _, g = NetClassifier.cost_grad(X_train.take(idx, axis=0), y_train.take(idx), theta, reg)
                theta["W1"] -= lr * g["d_w1"]
                theta["W2"] -= lr * g["d_w2"]
                theta["b1"] -= lr * g["d_b1"].reshape(theta["b1"].shape)
                theta["b2"] -= lr * g["d_b2"].reshape(theta["b2"].shape)
                lo = hi
            table[0, ep] = self.cost_grad(X_train, y_train, theta, reg)[0]
            table[1, ep] = self.score(X_train, y_train, theta)
            table[2, ep] = self.cost_grad(X_val, y_val, theta, reg)[0]
            table[3, ep] = self.score(X_val, y_val, theta)

        self.params = theta
        names = ("train_loss", "train_acc", "val_loss", "val_acc")
        self.history = {name: table[i].copy() for i, name in enumerate(names)}
