"""micrograd for matrices, 70 lines, and the network written with it."""
import numpy as np


def _unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1 and g.shape[axis] != 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


class T:
    """An array, where it comes from, and its gradient."""

    def __init__(self, data, children=(), name=None):
        self.data = np.asarray(data, dtype=np.float64)
        self.children = children
        self.name = name
        self.grad = None
        self._backward = lambda: None

    def _accumulate(self, g):
        g = _unbroadcast(np.asarray(g), self.data.shape)
        self.grad = g if self.grad is None else self.grad + g

    def __add__(self, other):
        other = other if isinstance(other, T) else T(other)
        out = T(self.data + other.data, (self, other))

        def _backward():
            self._accumulate(out.grad)
            other._accumulate(out.grad)

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, T) else T(other)
        out = T(self.data * other.data, (self, other))

        def _backward():
            self._accumulate(out.grad * other.data)
            other._accumulate(out.grad * self.data)

        out._backward = _backward
        return out

    def __matmul__(self, other):
        out = T(self.data @ other.data, (self, other))

        def _backward():
            self._accumulate(out.grad @ other.data.T)
            other._accumulate(self.data.T @ out.grad)

        out._backward = _backward
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        out = T(np.maximum(self.data, 0), (self,))

        def _backward():
            self._accumulate(out.grad * (self.data > 0))

        out._backward = _backward
        return out

    def sum(self):
        out = T(self.data.sum(), (self,))

        def _backward():
            self._accumulate(np.full(self.data.shape, out.grad))

        out._backward = _backward
        return out

    def softmax_loss(self, y):
        rows = np.arange(len(y))
        s = self.data - self.data.max(axis=1, keepdims=True)
        lp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        out = T(-lp[rows, y].mean(), (self,))

        def _backward():
            d = np.exp(lp)
            d[rows, y] -= 1
            self._accumulate(out.grad * d / len(y))

        out._backward = _backward
        return out

    def backward(self):
        topo, visited = [], set()

        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v.children:
                    build(child)
                topo.append(v)

        build(self)
        self.grad = np.ones_like(self.data)
        for v in reversed(topo):
            v._backward()


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _graph(self, X):
        leaves = {name: T(value, name=name) for name, value in self.params.items()}
        hidden = (T(X) @ leaves["W1"] + leaves["b1"]).relu()
        return leaves, hidden @ leaves["W2"] + leaves["b2"]

    def loss(self, X, y=None, reg=0.0):
        leaves, scores = self._graph(X)
        if y is None:
            return scores.data
        W1, W2 = leaves["W1"], leaves["W2"]
        total = scores.softmax_loss(y) + reg * ((W1 * W1).sum() + (W2 * W2).sum())
        total.backward()
        return float(total.data), {name: leaf.grad for name, leaf in leaves.items()}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        n = len(X)
        iterations_per_epoch = max(n / batch_size, 1)
        done = 0
        out = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        for it in range(num_iters):
            batch = np.random.choice(n, batch_size, replace=batch_size > n)
            loss, grads = self.loss(X[batch], y[batch], reg)
            out["loss_history"].append(loss)
            for name, g in grads.items():
                self.params[name] = self.params[name] - learning_rate * g
            if (it + 1) // iterations_per_epoch > done:
                done = (it + 1) // iterations_per_epoch
                learning_rate = learning_rate * learning_rate_decay
                out["train_acc_history"].append(float(np.mean(self.predict(X) == y)))
                out["val_acc_history"].append(float(np.mean(self.predict(X_val) == y_val)))
        return out

    def predict(self, X):
        return self._graph(X)[1].data.argmax(axis=1)
