"""Forward and backward as methods of their own, labels by comparison with the class numbers, rows drawn by randint."""

import numpy as np


class TwoLayerNet:
    """X -> fully connected -> ReLU -> fully connected -> softmax"""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _forward(self, X):
        """Before the ReLU (N, H), after it (N, H), and the scores (N, C)."""
        p = self.params
        z1 = X.dot(p["W1"]) + p["b1"]
        a1 = z1 * (z1 > 0)
        scores = a1.dot(p["W2"]) + p["b2"]
        return z1, a1, scores

    def _backward(self, X, z1, a1, d_scores, reg):
        """The gradients from d_scores = d loss / d scores (N, C) down to the first layer."""
        grads = {}
        # output layer
        grads["W2"] = a1.T.dot(d_scores)
        grads["b2"] = d_scores.sum(axis=0)
        # hidden layer: nothing comes back through a unit that was off
        d_hidden = d_scores.dot(self.params["W2"].T)
        d_hidden[z1 <= 0] = 0
        grads["W1"] = X.T.dot(d_hidden)
        grads["b1"] = d_hidden.sum(axis=0)
        # d/dW of reg * W^2, for the weights only
        for name in ("W1", "W2"):
            grads[name] += 2 * reg * self.params[name]
        return grads

    def loss(self, X, y=None, reg=0.0):
        """Scores without labels, else the loss and the dictionary of gradients."""
        z1, a1, scores = self._forward(X)
        if y is None:
            return scores

        N, C = scores.shape
        # softmax; the largest score of a row becomes 0, so exp stays below 1
        shifted = scores - scores.max(axis=1, keepdims=True)
        exps = np.exp(shifted)
        sums = exps.sum(axis=1)
        probs = exps / sums[:, np.newaxis]

        # row i has its only 1 in column y[i]
        labels = (y[:, np.newaxis] == np.arange(C)).astype(float)
        label_scores = (labels * shifted).sum(axis=1)

        W1, W2 = self.params["W1"], self.params["W2"]
        penalty = reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        # -log p[y] = log(sum of exp) - score of y
        total = (np.log(sums) - label_scores).sum()
        loss = total / N + penalty

        d_scores = (probs - labels) / N
        grads = self._backward(X, z1, a1, d_scores, reg)
        return loss, grads

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
        """Stochastic gradient descent; an epoch is as many batches as fit into the training set."""
        num_train = X.shape[0]
        per_epoch = max(num_train // batch_size, 1)
        rate = learning_rate
        loss_history = []
        train_acc_history = []
        val_acc_history = []

        for iteration in range(num_iters):
            picked = np.random.randint(num_train, size=batch_size)
            X_batch = X[picked]
            y_batch = y[picked]

            loss, grads = self.loss(X_batch, y_batch, reg)
            loss_history.append(loss)

            for name, gradient in grads.items():
                self.params[name] = self.params[name] - rate * gradient

            if verbose and iteration % 100 == 0:
                print(iteration, loss)

            # end of an epoch
            if (iteration + 1) % per_epoch == 0:
                train_acc_history.append(np.mean(self.predict(X_batch) == y_batch))
                val_acc_history.append(np.mean(self.predict(X_val) == y_val))
                rate *= learning_rate_decay

        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        """The column of the largest score of each row."""
        _, _, scores = self._forward(X)
        return np.argmax(scores, axis=1)
