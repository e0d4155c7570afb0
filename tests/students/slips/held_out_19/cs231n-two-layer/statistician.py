import numpy as np


class TwoLayerNet:
    """Categorical likelihood with a two-layer linear predictor."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _augmented(self, layer):
        """The weights with the bias as their last row: [x, 1] [W; b]."""
        return np.vstack([self.params[f"W{layer}"], self.params[f"b{layer}"]])

    def loss(self, X, y=None, reg=0.0):
        B1, B2 = self._augmented(1), self._augmented(2)
        one = np.ones((X.shape[0], 1))
        X1 = np.hstack((X, one))
        U = X1 @ B1
        gate = np.greater(U, 0)
        A1 = np.hstack((U * gate, one))
        eta = A1 @ B2
        if y is None:
            return eta

        # log p(y | x) = eta_y - log sum_k exp eta_k
        n, C = eta.shape
        log_Z = np.logaddexp.reduce(eta, axis=1, keepdims=True)
        log_p = eta - log_Z
        flat = np.ravel_multi_index((np.arange(n), y), (n, C))
        neg_log_lik = -log_p.ravel()[flat].mean()
        neg_log_prior = reg * sum((B[:-1] ** 2).sum() for B in (B1, B2))

        # the score by eta, and its chain rule: dA/dU is diagonal, with the gate on it
        R = np.exp(log_p)
        np.add.at(R.reshape(-1), flat, -1.0)
        S2 = R / n
        S1 = gate * np.einsum("nc,hc->nh", S2, B2[:-1])
        J1, J2 = X1.T @ S1, A1.T @ S2
        # the prior does not know the biases
        J1[:-1] += 2.0 * reg * B1[:-1]
        J2[:-1] += 2.0 * reg * B2[:-1]
        return neg_log_lik + neg_log_prior, {"W1": J1[:-1], "b1": J1[-1], "W2": J2[:-1], "b2": J2[-1]}

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
        n = len(X)
        sweep = max(n // batch_size, 1)
        energy = np.zeros(num_iters)
        acc, acc_val = [], []
        for t in range(num_iters):
            # the rate of this step: one factor for each sweep that is complete
            rate = learning_rate * learning_rate_decay ** (t // sweep)
            I = np.random.randint(0, n, size=batch_size)
            energy[t], J = self.loss(X[I], y[I], reg)
            for k, v in J.items():
                self.params[k] = self.params[k] - rate * v
            if (t + 1) % sweep == 0:
                acc.append((self.predict(X[I]) == y[I]).mean())
                acc_val.append((self.predict(X_val) == y_val).mean())
        return {"loss_history": energy, "train_acc_history": acc, "val_acc_history": acc_val}

    def predict(self, X):
        return np.argsort(-self.loss(X), axis=1, kind="stable")[:, 0]
