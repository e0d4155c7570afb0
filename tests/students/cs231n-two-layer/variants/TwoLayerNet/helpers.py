"""Style: functions outside the class."""
import numpy as np


def _TwoLayerNet_affine(x, w, b):
    return x.dot(w) + b, (x, w)


def _TwoLayerNet_affine_back(dout, cache):
    x, w = cache
    return dout.dot(w.T), x.T.dot(dout), dout.sum(axis=0)


def _TwoLayerNet_softmax(s, y):
    e = np.exp(s - s.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    n = len(y)
    value = -np.sum(np.log(p[np.arange(n), y])) / n
    p[np.arange(n), y] -= 1
    return value, p / n


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        h, cache1 = _TwoLayerNet_affine(X, self.params["W1"], self.params["b1"])
        r = np.maximum(h, 0)
        s, cache2 = _TwoLayerNet_affine(r, self.params["W2"], self.params["b2"])
        if y is None:
            return s
        data, ds = _TwoLayerNet_softmax(s, y)
        dr, dW2, db2 = _TwoLayerNet_affine_back(ds, cache2)
        _, dW1, db1 = _TwoLayerNet_affine_back(dr * (h > 0), cache1)
        squares = sum(np.sum(self.params[k] ** 2) for k in ("W1", "W2"))
        dW1 += reg * self.params["W1"]
        dW2 += reg * self.params["W2"]
        return data + reg * squares / 2, dict(W1=dW1, b1=db1, W2=dW2, b2=db2)

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
