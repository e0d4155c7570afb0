"""Part I as torch.autograd.Function-s: forward(ctx, ...) saves, backward(ctx, grad_output) gives the vector-Jacobian product."""

import numpy as np


class Context:
    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors


def unfold(input, size, step=1):
    """tensor.unfold(0, size, step): (n_windows, size), a copy."""
    n_windows = (input.shape[0] - size) // step + 1
    index = np.arange(n_windows)[:, None] * step + np.arange(size)[None, :]
    return input[index]


def fold(windows, length):
    """The adjoint of unfold: overlapping entries add up."""
    n_windows, size = windows.shape
    output = np.zeros(length)
    index = np.arange(n_windows)[:, None] + np.arange(size)[None, :]
    np.add.at(output, index, windows)
    return output


class Softmax:
    @staticmethod
    def forward(ctx, input):
        exps = np.exp(input - input.max())
        output = exps / exps.sum()
        ctx.save_for_backward(output)
        return output

    @staticmethod
    def backward(ctx, grad_output):
        (output,) = ctx.saved_tensors
        return output * (grad_output - np.dot(grad_output, output))


class NLLLoss:
    """reduction="sum"; takes probabilities, not log-probabilities."""

    @staticmethod
    def forward(ctx, input, target):
        ctx.save_for_backward(input, target)
        picked = np.take_along_axis(input, target[:, None], axis=1).squeeze(1)
        return -np.log(picked).sum()

    @staticmethod
    def backward(ctx, grad_output=1.0):
        input, target = ctx.saved_tensors
        picked = np.take_along_axis(input, target[:, None], axis=1)
        grad_input = np.zeros_like(input, dtype=float)
        np.put_along_axis(grad_input, target[:, None], -grad_output / picked, axis=1)
        return grad_input


class AvgPool1d:
    @staticmethod
    def forward(ctx, input, kernel_size):
        ctx.save_for_backward(input.shape[0], kernel_size)
        return unfold(input, kernel_size).mean(axis=1)

    @staticmethod
    def backward(ctx, grad_output):
        length, kernel_size = ctx.saved_tensors
        grad_windows = np.repeat(grad_output[:, None] / kernel_size, kernel_size, axis=1)
        return fold(grad_windows, length)


class MaxPool1d:
    """return_indices=True inside."""

    @staticmethod
    def forward(ctx, input, kernel_size):
        windows = unfold(input, kernel_size)
        indices = windows.argmax(axis=1) + np.arange(windows.shape[0])
        ctx.save_for_backward(indices, input.shape[0])
        return input[indices]

    @staticmethod
    def backward(ctx, grad_output):
        indices, length = ctx.saved_tensors
        grad_input = np.zeros(length)
        np.add.at(grad_input, indices, grad_output)  # scatter_add_
        return grad_input


class Conv1d:
    """F.conv1d(padding=1) is a cross-correlation, so the kernel is flipped on its way in and its gradient on its way out."""

    @staticmethod
    def forward(ctx, input, weight):
        padded = np.pad(input, 1)
        flipped = np.flip(weight)
        ctx.save_for_backward(padded, flipped)
        return unfold(padded, 3) @ flipped

    @staticmethod
    def backward(ctx, grad_output):
        padded, flipped = ctx.saved_tensors
        grad_padded = fold(np.outer(grad_output, flipped), padded.shape[0])
        grad_flipped = unfold(padded, 3).T @ grad_output
        return grad_padded[1:-1], np.flip(grad_flipped).copy()


def softmax_jacobian(z):
    ctx = Context()
    Softmax.forward(ctx, z)
    basis = np.eye(z.shape[0])
    return np.stack([Softmax.backward(ctx, e) for e in basis])


def nll(yhat, y):
    return NLLLoss.forward(Context(), yhat, y)


def nll_grad(yhat, y):
    ctx = Context()
    NLLLoss.forward(ctx, yhat, y)
    return NLLLoss.backward(ctx)


def avg_pool1d(x, W):
    return AvgPool1d.forward(Context(), x, W)


def avg_pool1d_backward(dy, n, W):
    ctx = Context()
    AvgPool1d.forward(ctx, np.zeros(n), W)
    return AvgPool1d.backward(ctx, dy)


def max_pool1d(x, W):
    return MaxPool1d.forward(Context(), x, W)


def max_pool1d_backward(dy, x, W):
    ctx = Context()
    MaxPool1d.forward(ctx, x, W)
    return MaxPool1d.backward(ctx, dy)


def conv1d(x, w):
    return Conv1d.forward(Context(), x, w)


def conv1d_backward(dy, x, w):
    ctx = Context()
    Conv1d.forward(ctx, x, w)
    return Conv1d.backward(ctx, dy)
