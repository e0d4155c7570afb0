"""Two-layer net with the bias trick: [X 1] times [W; b], so that every layer is one matrix product.

The batches come from a deck of shuffled indices which is shuffled again when it is empty.
"""
import numpy as np


def with_ones(A):
    return np.hstack([A, np.ones((A.shape[0], 1))])


def stack(W, b):
    return np.vstack([W, np.reshape(b, (1, -1))])


def weights_only(theta):
    """The same matrix with the bias row put to zero (it is not regularised)."""
    out = theta.copy()
    out[-1, :] = 0.0
    return out


def log_softmax(s):
    s = s - s.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))


def cross_entropy(logp, T):
    return -(T * logp).sum() / T.shape[0]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = dict(
            W1=std * np.random.randn(input_size, hidden_size),
            b1=np.zeros(hidden_size),
            W2=std * np.random.randn(hidden_size, output_size),
            b2=np.zeros(output_size),
        )

    def _forward(self, X):
        theta1 = stack(self.params["W1"], self.params["b1"])
        theta2 = stack(self.params["W2"], self.params["b2"])
        A0 = with_ones(X)
        Z1 = A0 @ theta1
        H = np.where(Z1 > 0, Z1, 0.0)
        A1 = with_ones(H)
        S = A1 @ theta2
        return theta1, theta2, A0, Z1, H, A1, S

    def loss(self, X, y=None, reg=0.0):
        theta1, theta2, A0, Z1, H, A1, S = self._forward(X)
        if y is None:
            return S

        n, C = S.shape
        T = np.eye(C)[y]
        logp = log_softmax(S)
        penalty = np.sum(weights_only(theta1) ** 2) + np.sum(weights_only(theta2) ** 2)
        value = cross_entropy(logp, T) + reg * penalty

        # errors of both layers; the ones of A1 have no error, so their row of theta2 is cut off
        E2 = (np.exp(logp) - T) / n
        G2 = A1.T @ E2 + 2 * reg * weights_only(theta2)
        active = (Z1 > 0).astype(float)
        E1 = (E2 @ theta2[:-1].T) * active
        G1 = A0.T @ E1 + 2 * reg * weights_only(theta1)

        return value, {"W1": G1[:-1], "b1": G1[-1], "W2": G2[:-1], "b2": G2[-1]}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        n = len(X)
        batch_size = min(batch_size, n)
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        deck = np.random.permutation(n)
        start = 0
        rate = learning_rate

        for step in range(num_iters):
            take = deck[start:start + batch_size]
            Xb, yb = X[take], y[take]
            value, grads = self.loss(Xb, yb, reg)
            history["loss_history"].append(value)
            for key in ("W1", "b1", "W2", "b2"):
                self.params[key] = self.params[key] - rate * grads[key]
            start += batch_size

            if start + batch_size > n:
                # the deck is empty: one pass is over
                history["train_acc_history"].append(self._accuracy(X, y))
                history["val_acc_history"].append(self._accuracy(X_val, y_val))
                rate = rate * learning_rate_decay
                deck = np.random.permutation(n)
                start = 0
                if verbose:
                    print(step, value)

        return history

    def _accuracy(self, X, y):
        return float(np.mean(self.predict(X) == y))

    def predict(self, X):
        S = self._forward(X)[-1]
        return S.argmax(axis=1)
