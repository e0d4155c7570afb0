import numpy as np


class TwoLayerNet:
    """Both layers carry their bias as a last row; loss works on the folded weights and splits the gradient again."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    @staticmethod
    def _with_ones(A):
        out = np.empty((A.shape[0], A.shape[1] + 1))
        out[:, :-1] = A
        out[:, -1] = 1.0
        return out

    def _folded(self, layer):
        return np.concatenate((self.params["W" + layer], self.params["b" + layer].reshape(1, -1)))

    def loss(self, X, y=None, reg=0.0):
        T1, T2 = self._folded("1"), self._folded("2")
        X1 = self._with_ones(X)
        N, H, C = len(X), T1.shape[1], T2.shape[1]

        A1 = np.ones((N, H + 1))
        np.matmul(X1, T1, out=A1[:, :-1])
        np.maximum(A1[:, :-1], 0.0, out=A1[:, :-1])
        S = A1 @ T2
        if y is None:
            return S

        S -= np.maximum.reduce(S, axis=1, keepdims=True)
        flat = np.ravel_multi_index((np.arange(N), y), (N, C))
        true = np.take(S, flat)
        np.exp(S, out=S)
        Z = np.add.reduce(S, axis=1)
        cost = (np.log(Z) - true).mean()
        cost += reg * (np.einsum("ij,ij->", T1[:-1], T1[:-1]) + np.einsum("ij,ij->", T2[:-1], T2[:-1]))

        S /= Z[:, None]
        np.subtract.at(S.reshape(-1), flat, 1.0)
        S *= 1.0 / N
        G2 = A1.T @ S
        back = S @ T2[:-1].T
        np.copyto(back, 0.0, where=A1[:, :-1] <= 0.0)
        G1 = X1.T @ back
        for G, T in ((G1, T1), (G2, T2)):
            G[:-1] += 2.0 * reg * T[:-1]
        return cost, {"W1": G1[:-1], "b1": G1[-1], "W2": G2[:-1], "b2": G2[-1]}

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
        N = len(X)
        size = min(batch_size, N)
        per_pass = max(N // size, 1)
        # all the batches at once: one row of `rows` is one batch without repetition
        rows = np.argsort(np.random.random_sample((num_iters, N)), axis=1)[:, :size]
        # the rate of each iteration, decayed after each pass
        rates = learning_rate * learning_rate_decay ** (np.arange(num_iters) // per_pass)
        loss_history = np.empty(num_iters)
        train_acc, val_acc = [], []
        for i, (batch, rate) in enumerate(zip(rows, rates)):
            xb, yb = X[batch], y[batch]
            loss_history[i], grads = self.loss(xb, yb, reg)
            for name, grad in grads.items():
                grad *= rate
                self.params[name] = self.params[name] - grad.reshape(self.params[name].shape)
            if (i + 1) % per_pass == 0:
                train_acc.append(np.count_nonzero(self.predict(xb) == yb) / size)
                val_acc.append(np.count_nonzero(self.predict(X_val) == y_val) / len(y_val))
        return {"loss_history": loss_history.tolist(), "train_acc_history": train_acc, "val_acc_history": val_acc}

    def predict(self, X):
        return self.loss(X).argmax(axis=1)
