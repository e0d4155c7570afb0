import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        d, h, c = input_size, hidden_size, output_size
        r = np.random.randn
        self.params = dict(W1=std * r(d, h), b1=np.zeros(h), W2=std * r(h, c), b2=np.zeros(c))

    def loss(self, X, y=None, reg=0.0):
        U, u, V, v = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        a = (z := np.einsum("nd,dh->nh", X, U) + u).clip(min=0)
        s = np.einsum("nh,hc->nc", a, V) + v
        if y is None:
            return s
        n = len(s)
        s = s - s.max(1, keepdims=True)
        lp = s - np.log((p := np.exp(s)).sum(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        J = -lp[(i := np.arange(n)), y].sum() / n + reg * sum(np.einsum("ij,ij", w, w) for w in (U, V))
        p[i, y] -= 1
        q = np.einsum("nc,hc->nh", p := p / n, V) * (z > 0)
        g = lambda x, d, w: np.tensordot(x, d, ((0,), (0,))) + 2 * reg * w
        return J, {"W1": g(X, q, U), "b1": np.einsum("nh->h", q), "W2": g(a, p, V), "b2": np.einsum("nc->c", p)}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        n, lr = len(X), learning_rate
        e = max(n // batch_size, 1)
        h, ta, va = [], [], []
        for t in range(num_iters):
            j = np.random.permutation(n)[:batch_size]
            J, g = self.loss(xb := X[j], yb := y[j], reg)
            h += [J]
            for k in g:
                self.params[k] = self.params[k] - lr * g[k]
            if t % e == e - 1:
                ta += [(self.predict(xb) == yb).mean()]
                va += [(self.predict(X_val) == y_val).mean()]
                lr *= learning_rate_decay
            if verbose and t % 50 == 0:
                print(t, J)
        return {"loss_history": h, "train_acc_history": ta, "val_acc_history": va}

    def predict(self, X):
        return self.loss(X).argmax(-1)
