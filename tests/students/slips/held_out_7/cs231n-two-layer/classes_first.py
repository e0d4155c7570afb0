"""TwoLayerNet with everything transposed inside (classes first), and its steps from a small closure."""

import numpy as np
from functools import partial


def rectify(v):
    return (v + abs(v)) / 2


def normalise(S):
    """Columns of probabilities and their logarithms from scores (C, N)."""
    S = S - S.max(axis=0)
    log_p = S - np.log(np.exp(S).sum(axis=0))
    return np.exp(log_p), log_p


def descend(params, rate, grads):
    for key in params:
        params[key] = np.subtract(params[key], np.multiply(rate, grads[key]))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        for n, (rows, columns) in enumerate([(input_size, hidden_size), (hidden_size, output_size)], 1):
            self.params[f"W{n}"] = std * np.random.randn(rows, columns)
            self.params[f"b{n}"] = np.zeros(columns)

    def hidden_and_scores(self, X):
        W1, W2 = self.params["W1"].T, self.params["W2"].T
        b1, b2 = (self.params[b].reshape(-1, 1) for b in ("b1", "b2"))
        A = rectify(W1 @ X.T + b1)
        return A, W2 @ A + b2

    def loss(self, X, y=None, reg=0.0):
        A, S = self.hidden_and_scores(X)
        if y is None:
            return S.T
        P, log_p = normalise(S)
        N = X.shape[0]
        truth = np.zeros(P.shape)
        truth[y, range(N)] = 1
        loss = -np.einsum("cn,cn", truth, log_p) / N
        loss += reg * np.linalg.norm(self.params["W1"]) ** 2
        loss += reg * np.linalg.norm(self.params["W2"]) ** 2

        E = (P - truth) / N
        dW2, db2 = E @ A.T, E.sum(axis=1)
        G = self.params["W2"] @ E
        G = G * np.heaviside(A, 0)
        dW1, db1 = G @ X, G.sum(axis=1)
        return loss, {
            "W1": dW1.T + 2 * reg * self.params["W1"],
            "b1": db1,
            "W2": dW2.T + 2 * reg * self.params["W2"],
            "b2": db2,
        }

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        step = partial(descend, self.params)
        losses, seen, passes = [], 0, 0
        accuracies = ([], [])
        while len(losses) < num_iters:
            mask = np.random.permutation(len(X))[:batch_size]
            loss, grads = self.loss(X[mask], y=y[mask], reg=reg)
            losses.append(loss)
            step(learning_rate * learning_rate_decay**passes, grads)
            seen += len(mask)
            if seen >= len(X):
                seen, passes = 0, passes + 1
                for out, (inputs, labels) in zip(accuracies, ((X, y), (X_val, y_val))):
                    out.append(float(np.mean(self.predict(inputs) == labels)))
        return {"loss_history": losses, "train_acc_history": accuracies[0], "val_acc_history": accuracies[1]}

    def predict(self, X):
        _, S = self.hidden_and_scores(X)
        return S.argmax(axis=0)
