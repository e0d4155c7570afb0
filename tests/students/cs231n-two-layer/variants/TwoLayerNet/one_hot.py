"""Style: one-hot labels and log-softmax."""
import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        p = self.params
        z = X @ p["W1"] + p["b1"]
        a = np.where(z > 0, z, 0)
        s = a @ p["W2"] + p["b2"]
        if y is None:
            return s
        T = np.eye(s.shape[1])[y]
        s = s - s.max(axis=1)[:, None]
        logp = s - np.log(np.exp(s).sum(axis=1))[:, None]
        data = -(T * logp).sum() / len(X)
        total = data + reg * ((p["W1"] ** 2).sum() + (p["W2"] ** 2).sum())
        d = (np.exp(logp) - T) / len(X)
        g = {"W2": a.T @ d + 2 * reg * p["W2"], "b2": d.sum(0)}
        d = d @ p["W2"].T * (z > 0)
        g.update(W1=X.T @ d + 2 * reg * p["W1"], b1=d.sum(0))
        return total, g

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
        return np.argmax(self.loss(X), axis=1)
