"""TwoLayerNet with the forward pass kept on self, and one method for each step of the way back."""

import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = dict(
            W1=np.random.normal(0.0, std, (input_size, hidden_size)),
            b1=np.zeros((hidden_size,)),
            W2=np.random.normal(0.0, std, (hidden_size, output_size)),
            b2=np.zeros((output_size,)),
        )
        self.saved = {}

    def _scores(self, X):
        p = self.params
        pre = np.add(np.matmul(X, p["W1"]), p["b1"])
        on = pre > 0
        hidden = on * pre
        self.saved.update(X=X, on=on, hidden=hidden)
        return np.add(np.matmul(hidden, p["W2"]), p["b2"])

    def _data_loss(self, scores, y):
        top = scores.max(axis=1)
        log_total = top + np.log(np.exp(scores.T - top).sum(axis=0))
        self.saved["probs"] = np.exp(scores.T - log_total).T
        return np.average(log_total - scores[np.arange(y.size), y])

    def _penalty(self, reg):
        return reg * sum((W * W).sum() for W in (self.params["W1"], self.params["W2"]))

    def _scores_gradient(self, y):
        chosen = (y[:, None] == np.arange(self.saved["probs"].shape[1])).astype(float)
        return (self.saved["probs"] - chosen) / y.size

    def _gradients(self, y, reg):
        up = self._scores_gradient(y)
        down = self.saved["on"] * up.dot(self.params["W2"].T)
        inputs = {"1": (self.saved["X"], down), "2": (self.saved["hidden"], up)}
        grads = {}
        for layer, (a, d) in inputs.items():
            grads["W" + layer] = np.tensordot(a, d, axes=(0, 0)) + 2.0 * reg * self.params["W" + layer]
            grads["b" + layer] = np.ones(len(d)) @ d
        return grads

    def loss(self, X, y=None, reg=0.0):
        scores = self._scores(X)
        if y is None:
            return scores
        loss = self._data_loss(scores, y) + self._penalty(reg)
        return loss, self._gradients(y, reg)

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        n = X.shape[0]
        per_epoch = max(n // batch_size, 1)
        rate = learning_rate
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        for t in range(1, num_iters + 1):
            pick = np.random.randint(n, size=batch_size)
            loss, grads = self.loss(X[pick], y[pick], reg)
            history["loss_history"].append(loss)
            for name, grad in grads.items():
                self.params[name] += -rate * grad
            if t % per_epoch == 0:
                history["train_acc_history"].append((self.predict(X) == y).mean())
                history["val_acc_history"].append((self.predict(X_val) == y_val).mean())
                rate *= learning_rate_decay
                if verbose:
                    print("iteration %d of %d: loss %f" % (t, num_iters, loss))
        return history

    def predict(self, X):
        return self._scores(X).argmax(axis=-1)
