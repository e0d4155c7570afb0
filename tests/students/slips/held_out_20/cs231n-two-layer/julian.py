import numpy as np


# Two-layer net, written the way I would write it in Fortran: work arrays are allocated when the
# batch size changes, the kernels fill them, samples run along the LAST axis.


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    @staticmethod
    def _alloc(n, h, c):
        hid = np.empty((h, n))
        out = np.empty((c, n))
        return hid, out

    def _kernel_forward(self, X):
        """hid (H, N) holds relu(W1' x + b1), out (C, N) the scores."""
        W1, W2 = self.params["W1"], self.params["W2"]
        hid, out = self._alloc(X.shape[0], W2.shape[0], W2.shape[1])
        np.einsum("dh,nd->hn", W1, X, out=hid)
        np.add(hid, self.params["b1"].reshape(-1, 1), out=hid)
        np.clip(hid, 0.0, None, out=hid)
        np.einsum("hc,hn->cn", W2, hid, out=out)
        np.add(out, self.params["b2"].reshape(-1, 1), out=out)
        return hid, out

    def loss(self, X, y=None, reg=0.0):
        hid, out = self._kernel_forward(X)
        if y is None:
            return out.T.copy()
        n = X.shape[0]
        W1, W2 = self.params["W1"], self.params["W2"]
        lin = np.arange(n)

        np.subtract(out, out.max(axis=0, keepdims=True), out=out)
        target = out[y, lin]  # fancy indexing copies
        np.exp(out, out=out)
        Zsum = np.add.reduce(out, axis=0)
        value = np.mean(np.log(Zsum) - target)
        value += reg * (np.vdot(W1, W1) + np.vdot(W2, W2))

        # out <- dL/dscores
        np.divide(out, Zsum[np.newaxis, :], out=out)
        out[y, lin] -= 1.0
        np.multiply(out, 1.0 / n, out=out)

        back = np.empty_like(hid)
        np.einsum("hc,cn->hn", W2, out, out=back)
        back[hid <= 0.0] = 0.0

        g = {name: np.empty(p.shape) for name, p in self.params.items()}
        np.einsum("hn,cn->hc", hid, out, out=g["W2"])
        np.einsum("nd,hn->dh", X, back, out=g["W1"])
        np.einsum("cn->c", out, out=g["b2"])
        np.einsum("hn->h", back, out=g["b1"])
        g["W1"] += (2.0 * reg) * W1
        g["W2"] += (2.0 * reg) * W2
        return value, g

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        n = X.shape[0]
        per_pass = max(n // batch_size, 1)
        trace = np.empty(num_iters)
        acc_train, acc_val = [], []
        rate = learning_rate
        Xb = np.empty((batch_size, X.shape[1]))
        yb = np.empty(batch_size, dtype=np.intp)
        for it in range(1, num_iters + 1):
            pick = np.random.randint(0, n, size=batch_size)
            np.take(X, pick, axis=0, out=Xb)
            yb[:] = y[pick]
            trace[it - 1], g = self.loss(Xb, yb, reg)
            for name in ("W1", "b1", "W2", "b2"):
                self.params[name] = self.params[name] - rate * g[name].reshape(self.params[name].shape)
            if it % per_pass == 0:
                acc_train.append(np.mean(self.predict(Xb) == yb))
                acc_val.append(np.mean(self.predict(X_val) == y_val))
                rate *= learning_rate_decay
        return {"loss_history": trace.tolist(), "train_acc_history": acc_train, "val_acc_history": acc_val}

    def predict(self, X):
        _, out = self._kernel_forward(X)
        return np.argmax(out, axis=0)
