"""Each derivation is an operation with forward(ctx, ...) and backward(ctx, grad), as in torch.autograd.Function."""

import numpy as np


class Ctx:
    """A bag of saved values."""

    def save(self, **values):
        self.__dict__.update(values)
        return self


class SoftmaxOp:
    @staticmethod
    def forward(ctx, z):
        e = np.exp(z - np.max(z))
        out = e / np.sum(e)
        ctx.save(out=out)
        return out

    @staticmethod
    def vjp(ctx, grad):
        """grad^T J: one row of the Jacobian for a unit vector."""
        p = ctx.out
        return p * (grad - np.dot(grad, p))


class NLLOp:
    @staticmethod
    def forward(ctx, probs, target):
        picked = np.take_along_axis(probs, target[:, None], axis=1)
        ctx.save(probs=probs, target=target, picked=picked)
        return float(-np.log(picked).sum())

    @staticmethod
    def backward(ctx, grad=1.0):
        out = np.zeros_like(ctx.probs, dtype=float)
        np.put_along_axis(out, ctx.target[:, None], -grad / ctx.picked, axis=1)
        return out


class AvgPoolOp:
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def output_size(self, n):
        return n - self.kernel_size + 1

    def forward(self, x):
        m = self.output_size(len(x))
        out = np.zeros(m)
        for offset in range(self.kernel_size):
            out += x[offset : offset + m]
        return out / self.kernel_size

    def backward(self, grad, n):
        m = self.output_size(n)
        grad_input = np.zeros(n)
        for offset in range(self.kernel_size):
            grad_input[offset : offset + m] += grad / self.kernel_size
        return grad_input


class MaxPoolOp:
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def forward(self, ctx, x):
        m = len(x) - self.kernel_size + 1
        best = np.full(m, -np.inf)
        where = np.zeros(m, dtype=int)
        for offset in range(self.kernel_size):
            candidate = x[offset : offset + m]
            better = candidate > best
            best = np.where(better, candidate, best)
            where = np.where(better, np.arange(m) + offset, where)
        ctx.save(where=where, n=len(x))
        return best

    def backward(self, ctx, grad):
        return np.bincount(ctx.where, weights=grad, minlength=ctx.n)


class Conv1dOp:
    @staticmethod
    def columns(x):
        """(n, 3): x[i+1], x[i], x[i-1] of each place."""
        padded = np.pad(x, 1, mode="constant")
        return np.stack([padded[2:], padded[1:-1], padded[:-2]], axis=1)

    @staticmethod
    def forward(ctx, x, weight):
        cols = Conv1dOp.columns(x)
        ctx.save(cols=cols, weight=weight)
        return cols @ weight

    @staticmethod
    def backward(ctx, grad):
        grad_cols = np.outer(grad, ctx.weight)
        grad_padded = np.zeros(len(grad) + 2)
        grad_padded[2:] += grad_cols[:, 0]
        grad_padded[1:-1] += grad_cols[:, 1]
        grad_padded[:-2] += grad_cols[:, 2]
        return grad_padded[1:-1], ctx.cols.T @ grad


def softmax_jacobian(z):
    ctx = Ctx()
    probs = SoftmaxOp.forward(ctx, z)
    return np.stack([SoftmaxOp.vjp(ctx, unit) for unit in np.eye(len(probs))])


def nll(yhat, y):
    return NLLOp.forward(Ctx(), yhat, y)


def nll_grad(yhat, y):
    ctx = Ctx()
    NLLOp.forward(ctx, yhat, y)
    return NLLOp.backward(ctx)


def avg_pool1d(x, W):
    return AvgPoolOp(W).forward(x)


def avg_pool1d_backward(dy, n, W):
    return AvgPoolOp(W).backward(dy, n)


def max_pool1d(x, W):
    return MaxPoolOp(W).forward(Ctx(), x)


def max_pool1d_backward(dy, x, W):
    ctx, op = Ctx(), MaxPoolOp(W)
    op.forward(ctx, x)
    return op.backward(ctx, dy)


def conv1d(x, w):
    return Conv1dOp.forward(Ctx(), x, w)


def conv1d_backward(dy, x, w):
    ctx = Ctx()
    Conv1dOp.forward(ctx, x, w)
    return Conv1dOp.backward(ctx, dy)
