import numpy as np

P = "W1 b1 W2 b2".split()
hid = lambda p, X: X @ p["W1"] + p["b1"]
out = lambda p, X: (hid(p, X) * (hid(p, X) > 0)) @ p["W2"] + p["b2"]
lsm = lambda s: (u := s - s.max(1, keepdims=True)) - np.log(np.exp(u).sum(1, keepdims=True))
hot = lambda y, C: np.eye(C)[y]
ssq = lambda *ws: sum((w * w).sum() for w in ws)
ones = lambda X: np.c_[X, np.ones(len(X))]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        n, r = (input_size, hidden_size, output_size), np.random.randn
        self.params = {k: np.zeros(n[int(k[1])]) if k[0] == "b" else std * r(*n[int(k[1]) - 1:int(k[1]) + 1]) for k in P}

    def loss(self, X, y=None, reg=0.0):
        if y is None: return out(self.params, X)
        p, s, T = self.params, out(self.params, X), hot(y, self.params["b2"].size)
        d2 = (np.exp(lsm(s)) - T) / len(X)
        d1 = d2 @ p["W2"].T * ((z := hid(p, X)) > 0)
        G1, G2 = ones(X).T @ d1, ones(z * (z > 0)).T @ d2
        return -(T * lsm(s)).sum() / len(X) + reg * ssq(p["W1"], p["W2"]), dict(zip(P, (
            G1[:-1] + 2 * reg * p["W1"], G1[-1], G2[:-1] + 2 * reg * p["W2"], G2[-1])))

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        L, A, B, e = [], [], [], max(len(X) // batch_size, 1)
        for t in range(num_iters):
            x, l = X[r := np.random.randint(0, len(X), batch_size)], y[r]
            J, g = self.loss(x, l, reg)
            L += [J]
            self.params = {k: self.params[k] - learning_rate * learning_rate_decay ** (t // e) * g[k] for k in P}
            if (t + 1) % e == 0: A += [(self.predict(x) == l).mean()]; B += [(self.predict(X_val) == y_val).mean()]
        return dict(loss_history=L, train_acc_history=A, val_acc_history=B)

    def predict(self, X): return out(self.params, X).argmax(1)
