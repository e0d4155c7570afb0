"""One class has it all; the asked names are its static methods."""
import numpy as np


class _Logged:
    """Delegates everything to the array inside and counts the updates."""

    __slots__ = ("inner", "updates")

    def __init__(self, inner):
        object.__setattr__(self, "inner", inner)
        object.__setattr__(self, "updates", 0)

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def __rmatmul__(self, left):
        return left @ self.inner

    def __isub__(self, step):
        arr = self.inner
        arr -= step
        self.updates += 1
        return self

    __array_priority__ = 1000
    __array_ufunc__ = None


class HW0:
    lr = 0.1
    batch = 100

    @staticmethod
    def softmax(Z):
        Z = Z - Z.max(axis=1, keepdims=True)
        Z = np.exp(Z)
        return Z / Z.sum(axis=1, keepdims=True)

    @staticmethod
    def loss(Z, y):
        Z = Z - Z.max(axis=1, keepdims=True)
        return np.log(np.exp(Z).sum(axis=1)).mean() - Z[np.arange(Z.shape[0]), y].mean()

    @staticmethod
    def regression(X, y, theta, lr=lr, batch=batch):
        theta = _Logged(theta)
        for k in range((len(X) + batch - 1) // batch):
            x, t = X[k * batch : (k + 1) * batch], y[k * batch : (k + 1) * batch]
            theta -= lr * HW0._slope(x, HW0._delta(x @ theta, t))

    @staticmethod
    def network(X, y, W1, W2, lr=lr, batch=batch):
        W1, W2 = map(_Logged, (W1, W2))
        for k in range((len(X) + batch - 1) // batch):
            x, t = X[k * batch : (k + 1) * batch], y[k * batch : (k + 1) * batch]
            a = x @ W1
            on = a > 0
            a = a * on
            g2 = HW0._delta(a @ W2, t)
            g1 = on * (g2 @ W2.T)
            W1 -= lr * HW0._slope(x, g1)
            W2 -= lr * HW0._slope(a, g2)


def _delta(Z, t):
    P = HW0.softmax(Z)
    P[np.arange(len(P)), t] -= 1
    return P


HW0._delta = staticmethod(_delta)
HW0._slope = staticmethod(lambda x, g: x.T @ g / len(x))

softmax_loss = HW0.loss
softmax_regression_epoch = HW0.regression
nn_epoch = HW0.network
