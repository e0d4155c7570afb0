"""Bias trick: a column of ones behind the inputs, the bias as last row of the matrix; one-hot targets from np.eye."""

import numpy as np


def with_ones(A):
    """Append a column of ones."""
    return np.hstack([A, np.ones((A.shape[0], 1))])


def join(W, b):
    """Bias goes below the weights."""
    return np.vstack([W, b.reshape(1, -1)])


def split(theta):
    return theta[:-1], theta[-1]


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        theta1 = join(self.params["W1"], self.params["b1"])
        theta2 = join(self.params["W2"], self.params["b2"])

        # forward
        X_ext = with_ones(X)
        hidden_in = X_ext @ theta1
        hidden = np.maximum(0, hidden_in)
        hidden_ext = with_ones(hidden)
        scores = hidden_ext @ theta2
        if y is None:
            return scores

        # loss
        num_train, num_classes = scores.shape
        log_probs = log_softmax(scores)
        picked = log_probs[np.arange(num_train), y]
        data_loss = -np.sum(picked) / num_train
        reg_loss = 0.0
        for name in ["W1", "W2"]:
            reg_loss += reg * np.sum(self.params[name] ** 2)
        loss = data_loss + reg_loss

        # backward
        targets = np.eye(num_classes)[y]
        d_scores = (np.exp(log_probs) - targets) / num_train
        d_theta2 = hidden_ext.T @ d_scores
        # the column of ones has no gradient, so without the last row
        d_hidden = d_scores @ theta2[:-1].T
        d_hidden_in = d_hidden * (hidden_in > 0)
        d_theta1 = X_ext.T @ d_hidden_in

        grads = {}
        grads["W1"], grads["b1"] = split(d_theta1)
        grads["W2"], grads["b2"] = split(d_theta2)
        for name in ["W1", "W2"]:
            grads[name] += 2 * reg * self.params[name]
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
        num_train = X.shape[0]
        iters_per_epoch = max(num_train // batch_size, 1)
        rate = learning_rate
        params = self.params

        loss_history = []
        train_acc_history = []
        val_acc_history = []

        for it in range(1, num_iters + 1):
            batch = np.random.choice(num_train, batch_size, replace=True)
            X_batch = X[batch]
            y_batch = y[batch]

            loss, grads = self.loss(X_batch, y_batch, reg)
            loss_history.append(loss)

            for name in grads:
                params[name] = params[name] - rate * grads[name]

            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))

            if it % iters_per_epoch == 0:
                # one epoch is over: accuracies, then a smaller rate
                train_acc_history.append((self.predict(X_batch) == y_batch).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                rate = rate * learning_rate_decay

        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        scores = self.loss(X)
        return np.argmax(scores, axis=1)
