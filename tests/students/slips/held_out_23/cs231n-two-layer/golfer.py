import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        d = input_size, hidden_size, output_size
        self.params = {}
        for i in 1, 2:
            self.params |= {f"W{i}": std * np.random.randn(*d[i - 1 : i + 1]), f"b{i}": np.zeros(d[i])}

    def loss(self, X, y=None, reg=0.0):
        W, b, V, c = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        np.maximum(a := X @ W + b, 0, out=a)
        s = a @ V + c
        if y is None:
            return s
        n, r = len(s), np.arange(len(s))
        s -= s.max(1)[:, None]
        t = s[r, y].sum()
        np.exp(s, out=s)
        L = (np.log(q := s.sum(1)).sum() - t) / n + reg * sum(map(np.vdot, (W, V), (W, V)))
        s /= n * q[:, None]
        np.add.at(s, (r, y), -1 / n)
        e = s @ V.T * np.sign(a)
        return L, {"W1": X.T @ e + 2 * reg * W, "b1": e.sum(0), "W2": a.T @ s + 2 * reg * V, "b2": s.sum(0)}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        h, e, P = ([], [], []), max(len(y) // batch_size, 1), self.params
        for t in range(num_iters):
            i = np.random.choice(len(y), batch_size)
            l, g = self.loss(B := X[i], T := y[i], reg)
            h[0].append(l)
            P.update({k: P[k] - learning_rate * g[k] for k in g})
            if not (t + 1) % e:
                learning_rate *= learning_rate_decay
                [z.append((self.predict(x) == v).mean()) for z, x, v in zip(h[1:], (B, X_val), (T, y_val))]
        return dict(zip(("loss_history", "train_acc_history", "val_acc_history"), h))

    def predict(self, X):
        return self.loss(X).argmax(-1)
