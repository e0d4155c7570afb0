"""Everything as matrix algebra: homogeneous coordinates, probabilities as reciprocals of sums of ratios."""

import numpy as np


def homogeneous(A):
    return np.concatenate((A, np.ones((len(A), 1))), axis=1)


def log_probabilities(S):
    """log p_ij = -log sum_k exp(s_ik - s_ij), all differences at once; the shift is the largest of each."""
    differences = S[:, None, :] - S[:, :, None]
    top = differences.max(axis=2)
    return -(top + np.log(np.exp(differences - top[:, :, None]).sum(axis=2)))


def indicator(y, C):
    return np.eye(C)[np.asarray(y, dtype=np.intp)]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    @property
    def blocks(self):
        """[W; b^T] of both layers."""
        p = self.params
        return np.vstack((p["W1"], p["b1"].reshape(1, -1))), np.vstack((p["W2"], p["b2"].reshape(1, -1)))

    def loss(self, X, y=None, reg=0.0):
        B1, B2 = self.blocks
        D, H = self.params["W1"].shape
        C = B2.shape[1]
        Xh = homogeneous(X)
        Z = Xh @ B1
        step = (np.sign(Z) + 1) // 2
        step[Z == 0] = 0
        Ah = homogeneous(Z * step)
        S = Ah @ B2
        if y is None:
            return S
        n = float(len(X))
        Y = indicator(y, C)
        L = log_probabilities(S)
        ones = np.ones((len(X), 1))
        data = -(ones.T @ (Y * L) @ np.ones((C, 1))).item() / n
        decay = reg * (np.linalg.norm(self.params["W1"]) ** 2 + np.linalg.norm(self.params["W2"]) ** 2)

        # dE/dS = (P - Y)/n ; dE/dB2 = Ah^T dE/dS ; dE/dAh = dE/dS B2^T, whose last column belongs to the ones
        G = (np.exp(L) - Y) / n
        dB2 = np.einsum("nh,nc->hc", Ah, G)
        dA = np.einsum("nc,hc->nh", G, B2)[:, :H]
        dB1 = np.einsum("nd,nh->dh", Xh, dA * step)
        shrink1 = 2 * reg * self.params["W1"]
        shrink2 = 2 * reg * self.params["W2"]
        return data + decay, {"W1": dB1[:D] + shrink1, "b1": dB1[D], "W2": dB2[:H] + shrink2, "b2": dB2[H]}

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
        batch_size=200, verbose=False,
    ):
        n = X.shape[0]
        per_pass = max(int(np.ceil(n / batch_size)), 1)
        losses = np.empty(num_iters)
        accuracies = {"train": [], "val": []}
        for t in range(num_iters):
            # passes that are over -> exponent of the decay
            rate = learning_rate * learning_rate_decay ** (t // per_pass)
            u = (np.random.random_sample(batch_size) * n).astype(np.intp)
            losses[t], g = self.loss(X[u], y[u], reg)
            self.params = {k: w - rate * g[k] for k, w in self.params.items()}
            if (t + 1) % per_pass == 0:
                accuracies["train"].append(np.mean(self.predict(X) == y))
                accuracies["val"].append(np.mean(self.predict(X_val) == y_val))
        return {
            "loss_history": losses.tolist(),
            "train_acc_history": accuracies["train"],
            "val_acc_history": accuracies["val"],
        }

    def predict(self, X):
        S = self.loss(X)
        return np.argsort(-S, axis=1, kind="stable")[:, 0]
