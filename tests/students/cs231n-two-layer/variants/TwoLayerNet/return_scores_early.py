"""Style: scores by a method of its own."""
import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def scores(self, X):
        self.hidden = np.clip(X @ self.params["W1"] + self.params["b1"], 0, None)
        return self.hidden @ self.params["W2"] + self.params["b2"]

    def loss(self, X, y=None, reg=0.0):
        s = self.scores(X)
        if y is None:
            return s
        n = y.shape[0]
        s -= np.amax(s, axis=1).reshape(n, 1)
        p = np.exp(s)
        p /= p.sum(axis=1).reshape(n, 1)
        loss = np.mean(-np.log(p[np.arange(n), y]))
        for w in (self.params["W1"], self.params["W2"]):
            loss += reg * np.square(w).sum()
        p[np.arange(n), y] -= 1
        p /= n
        back = p @ self.params["W2"].T
        back *= self.hidden > 0
        return loss, {
            "W1": X.T @ back + 2 * reg * self.params["W1"],
            "b1": back.sum(axis=0),
            "W2": self.hidden.T @ p + 2 * reg * self.params["W2"],
            "b2": p.sum(axis=0),
        }

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train / batch_size, 1)
        loss_history = []
        for it in range(num_iters):
            indices = np.random.choice(np.arange(num_train), batch_size)
            X_batch, y_batch = X[indices], y[indices]
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            for key in grads:
                self.params[key] -= learning_rate * grads[key]
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
            if it % iterations_per_epoch == 0:
                learning_rate *= learning_rate_decay
        return {"loss_history": loss_history}

    def predict(self, X):
        return np.argsort(self.scores(X), axis=1)[:, -1]
