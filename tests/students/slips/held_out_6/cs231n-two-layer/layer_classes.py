"""TwoLayerNet as a stack of small layer classes, each with its own cache and gradients."""

import numpy as np


class Affine:
    def __init__(self, net, weight, bias):
        self.net, self.weight, self.bias = net, weight, bias
        self.cache = None

    @property
    def W(self):
        return self.net.params[self.weight]

    @property
    def b(self):
        return self.net.params[self.bias]

    def __call__(self, x):
        self.cache = x
        return x.dot(self.W) + self.b[np.newaxis, :]

    def backward(self, dout, grads, reg):
        grads[self.weight] = self.cache.T.dot(dout) + 2.0 * reg * self.W
        grads[self.bias] = np.ones(len(dout)) @ dout
        return dout.dot(self.W.T)


class ReLU:
    def __init__(self):
        self.mask = None

    def __call__(self, x):
        self.mask = np.sign(np.maximum(x, 0))
        return x * self.mask

    def backward(self, dout, grads, reg):
        return dout * self.mask


class SoftmaxLoss:
    def __init__(self):
        self.dscores = None

    def __call__(self, scores, y):
        shifted = scores - np.max(scores, axis=1, keepdims=True)
        exp_scores = np.exp(shifted)
        sums = exp_scores.sum(axis=1, keepdims=True)
        num = scores.shape[0]
        correct = shifted[range(num), y]
        dscores = exp_scores / sums
        dscores[range(num), y] -= 1
        self.dscores = dscores / num
        return np.sum(np.log(sums[:, 0]) - correct) / num


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _layers(self):
        return [Affine(self, "W1", "b1"), ReLU(), Affine(self, "W2", "b2")]

    def loss(self, X, y=None, reg=0.0):
        layers = self._layers()
        out = X
        for layer in layers:
            out = layer(out)
        if y is None:
            return out
        criterion = SoftmaxLoss()
        loss = criterion(out, y)
        for name in ("W1", "W2"):
            loss += reg * np.sum(self.params[name] * self.params[name])
        grads = {}
        upstream = criterion.dscores
        for layer in reversed(layers):
            upstream = layer.backward(upstream, grads, reg)
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train // batch_size, 1)
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        for it in range(1, num_iters + 1):
            indices = np.random.randint(0, num_train, size=batch_size)
            loss, grads = self.loss(X[indices], y[indices], reg=reg)
            history["loss_history"].append(loss)
            for name, grad in grads.items():
                self.params[name] = self.params[name] - learning_rate * grad
            if it % iterations_per_epoch == 0:
                history["train_acc_history"].append((self.predict(X[indices]) == y[indices]).mean())
                history["val_acc_history"].append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return history

    def predict(self, X):
        return np.argsort(self.loss(X), axis=1)[:, -1]
