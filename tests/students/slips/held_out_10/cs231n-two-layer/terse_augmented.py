import numpy as np

_aug = lambda A: np.c_[A, np.ones(len(A))]  # bias as last column


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        sizes = (input_size, hidden_size, output_size)
        self.params = {}
        for i, (m, n) in enumerate(zip(sizes, sizes[1:]), 1):
            self.params |= {f"W{i}": std * np.random.randn(m, n), f"b{i}": np.zeros(n)}

    def _V(self, i):
        return np.vstack([self.params[f"W{i}"], self.params[f"b{i}"]])

    def loss(self, X, y=None, reg=0.0):
        V, U = self._V(1), self._V(2)
        A = _aug(X)
        Z = A @ V
        B = _aug(np.maximum(Z, 0))
        S = B @ U
        if y is None:
            return S
        n, c = S.shape
        L = S - np.logaddexp.reduce(S, axis=1, keepdims=True)
        Y = np.eye(c)[y]
        R = (np.exp(L) - Y) / n
        Q = (R @ U[:-1].T) * np.heaviside(Z, 0)
        G, F = A.T @ Q, B.T @ R
        G[:-1] += 2 * reg * V[:-1]
        F[:-1] += 2 * reg * U[:-1]
        J = -np.einsum("ij,ij", Y, L) / n + reg * sum(np.einsum("ij,ij", M[:-1], M[:-1]) for M in (V, U))
        return J, {"W1": G[:-1], "b1": G[-1], "W2": F[:-1], "b2": F[-1]}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        n = len(X)
        per = max(1, -(-n // batch_size))
        J, tr, va = np.empty(num_iters), [], []
        for t in range(num_iters):
            k = np.random.randint(n, size=batch_size)
            J[t], g = self.loss(X[k], y[k], reg)
            eta = learning_rate * learning_rate_decay ** (t // per)
            self.params = {p: w - eta * g[p] for p, w in self.params.items()}
            if not (t + 1) % per:
                tr.append(np.mean(self.predict(X[k]) == y[k]))
                va.append(np.mean(self.predict(X_val) == y_val))
                verbose and print(t, J[t], tr[-1], va[-1])
        return dict(loss_history=J.tolist(), train_acc_history=tr, val_acc_history=va)

    def predict(self, X):
        return self.loss(X).argmax(1)
