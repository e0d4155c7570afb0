"""In the style of torch.autograd.Function: forward and backward in one class, the asked names are aliases."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class Function:
    registry = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Function.registry[cls.__name__] = cls


class Softmax(Function):
    @staticmethod
    def forward(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    @classmethod
    def jacobian(cls, z):
        p = cls.forward(z)
        J = -np.multiply.outer(p, p)
        J.flat[:: len(p) + 1] += p
        return np.asfortranarray(J)


class NLL(Function):
    @staticmethod
    def forward(yhat, y):
        return -np.log(np.take_along_axis(yhat, y[:, np.newaxis], axis=1)).sum()

    @staticmethod
    def backward(yhat, y):
        out = np.zeros_like(yhat)
        picked = np.take_along_axis(yhat, y[:, np.newaxis], axis=1)
        np.put_along_axis(out, y[:, np.newaxis], -1.0 / picked, axis=1)
        return out


class AvgPool(Function):
    @staticmethod
    def forward(x, W):
        return sliding_window_view(x, W).mean(axis=-1)

    @staticmethod
    def backward(dy, n, W):
        padded = np.pad(dy, W - 1)
        assert len(padded) == n + W - 1
        return sliding_window_view(padded, W).sum(axis=-1) / W


class MaxPool(Function):
    @staticmethod
    def forward(x, W):
        return sliding_window_view(x, W).max(axis=-1)

    @staticmethod
    def backward(dy, x, W):
        at = sliding_window_view(x, W).argmax(axis=-1) + np.arange(len(dy))
        dx = np.zeros_like(x)
        np.add.at(dx, at, dy)
        return dx


class Conv(Function):
    @staticmethod
    def forward(x, w):
        return sliding_window_view(np.pad(x, 1), 3) @ w[::-1]

    @staticmethod
    def backward(dy, x, w):
        dx = sliding_window_view(np.pad(dy, 1), 3) @ w
        dw = (sliding_window_view(np.pad(x, 1), 3).T @ dy)[::-1]  # a view with a negative stride
        return dx, dw


softmax_jacobian = Softmax.jacobian
nll, nll_grad = NLL.forward, NLL.backward
avg_pool1d, avg_pool1d_backward = AvgPool.forward, AvgPool.backward
max_pool1d, max_pool1d_backward = MaxPool.forward, MaxPool.backward
conv1d, conv1d_backward = Conv.forward, Conv.backward
