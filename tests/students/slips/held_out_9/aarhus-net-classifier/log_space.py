"""Works in log space: one log-softmax (log-sum-exp trick) gives the cost, the probabilities and the classes."""

import numpy as np


def log_softmax(scores):
    """Logarithms of the softmax of each row."""
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_norm = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return shifted - log_norm


def softmax(X):
    """Probabilities, one distribution per row."""
    return np.exp(log_softmax(X))


def relu(x):
    """Cut off everything below zero."""
    return np.clip(x, 0, None)


class NetClassifier:
    """One hidden ReLU layer, softmax on top."""

    def __init__(self):
        self.params = None
        self.history = None

    @staticmethod
    def _feed_forward(X, params):
        """Pre-activations and activations of the hidden layer, scores of the classes."""
        z1 = X.dot(params["W1"]) + params["b1"]
        a1 = relu(z1)
        z2 = a1.dot(params["W2"]) + params["b2"]
        return z1, a1, z2

    def predict(self, X, params=None):
        """Class with the largest (log-)probability for every row of X."""
        if params is None:
            params = self.params
        _, _, z2 = self._feed_forward(X, params)
        return np.argmax(log_softmax(z2), axis=1)

    def score(self, X, y, params=None):
        """Fraction of rows that are classified correctly."""
        hits = np.sum(self.predict(X, params) == y)
        return hits / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        """Regularised cross-entropy and its gradients."""
        n = X.shape[0]
        rows = np.arange(n)
        W1, W2 = params["W1"], params["W2"]

        # forward
        z1, a1, z2 = NetClassifier._feed_forward(X, params)
        log_p = log_softmax(z2)
        penalty = reg * (np.sum(W1**2) + np.sum(W2**2))
        cost = -np.sum(log_p[rows, y]) / n + penalty

        # p - labels: only the entry of the true class loses 1
        delta2 = np.exp(log_p)
        delta2[rows, y] -= 1
        delta2 /= n
        d_w2 = a1.T.dot(delta2) + 2 * reg * W2
        d_b2 = np.sum(delta2, axis=0, keepdims=True)

        # back through the ReLU: dead units pass nothing on
        delta1 = delta2.dot(W2.T)
        delta1[z1 <= 0] = 0
        d_w1 = X.T.dot(delta1) + 2 * reg * W1
        d_b1 = np.sum(delta1, axis=0, keepdims=True)

        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        """Mini-batch gradient descent, starting from (a copy of) init_params."""
        params = {name: np.array(value, dtype=float) for name, value in init_params.items()}
        history = {key: np.zeros(epochs) for key in ("train_loss", "train_acc", "val_loss", "val_acc")}
        n = len(X_train)
        order = np.arange(n)

        for epoch in range(epochs):
            np.random.shuffle(order)
            start = 0
            while start < n:
                batch = order[start : start + batch_size]
                _, grads = self.cost_grad(X_train[batch], y_train[batch], params, reg)
                params["W1"] -= lr * grads["d_w1"]
                params["b1"] -= lr * grads["d_b1"]
                params["W2"] -= lr * grads["d_w2"]
                params["b2"] -= lr * grads["d_b2"]
                start += batch_size

            # where we are after this epoch
            history["train_loss"][epoch] = self.cost_grad(X_train, y_train, params, reg)[0]
            history["train_acc"][epoch] = self.score(X_train, y_train, params)
            history["val_loss"][epoch] = self.cost_grad(X_val, y_val, params, reg)[0]
            history["val_acc"][epoch] = self.score(X_val, y_val, params)

        self.params = params
        self.history = history
