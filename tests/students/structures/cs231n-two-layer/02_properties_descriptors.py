# W1, b1, W2, b2 are descriptors that look into self.params; loss is split by a dispatch dict of lambdas
import numpy as np


class Param:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, net, owner=None):
        if net is None:
            return self
        return net.params[self.name]

    def __set__(self, net, value):
        net.params[self.name] = value


class TwoLayerNet(object):
    W1 = Param()
    b1 = Param()
    W2 = Param()
    b2 = Param()
    NAMES = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = dict()
        self.W1 = std * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros(hidden_size)
        self.W2 = std * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros(output_size)

    @property
    def penalty(self):
        return sum(float((getattr(self, k) ** 2).sum()) for k in self.NAMES if k.startswith("W"))

    def loss(self, X, y=None, reg=0.0):
        handlers = {
            True: lambda: self._forward(X)[-1],
            False: lambda: self._loss_and_grads(X, y, reg),
        }
        return handlers[y is None]()

    def _forward(self, X):
        hidden = X @ self.W1 + self.b1
        active = np.maximum(0, hidden)
        return hidden, active, active @ self.W2 + self.b2

    def _loss_and_grads(self, X, y, reg):
        N = X.shape[0]
        hidden, active, scores = self._forward(X)
        scores = scores - np.max(scores, axis=1)[:, np.newaxis]
        e = np.exp(scores)
        Z = e.sum(axis=1)
        loss = np.mean(np.log(Z) - scores[np.arange(N), y]) + reg * self.penalty
        dscores = e / Z[:, np.newaxis]
        dscores[np.arange(N), y] -= 1
        dscores /= N
        dhidden = dscores @ self.W2.T
        dhidden[hidden <= 0] = 0
        ops = {
            "W1": lambda: X.T @ dhidden + 2 * reg * self.W1,
            "b1": lambda: dhidden.sum(axis=0),
            "W2": lambda: active.T @ dscores + 2 * reg * self.W2,
            "b2": lambda: dscores.sum(axis=0),
        }
        return loss, {k: f() for k, f in ops.items()}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train / batch_size, 1)
        for it in range(num_iters):
            idx = np.random.choice(np.arange(num_train), batch_size, replace=True)
            loss, grads = self.loss(X[idx], y[idx], reg)
            history["loss_history"].append(loss)
            for k in self.NAMES:
                setattr(self, k, getattr(self, k) - learning_rate * grads[k])
            if it % int(iterations_per_epoch) == 0:
                history["train_acc_history"].append(np.mean(self.predict(X[idx]) == y[idx]))
                history["val_acc_history"].append(np.mean(self.predict(X_val) == y_val))
                learning_rate *= learning_rate_decay
        return history

    def predict(self, X):
        return self._forward(X)[-1].argmax(-1)
