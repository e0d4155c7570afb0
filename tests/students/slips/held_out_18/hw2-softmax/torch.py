import numpy as np


class Context:
    """What torch's autograd hands around as ctx."""

    def __init__(self):
        self.saved = ()

    def save_for_backward(self, *tensors):
        self.saved = tensors


class Linear:
    """scores = x @ weight, no bias (it is the last column of x)."""

    @staticmethod
    def forward(ctx, x, weight):
        ctx.save_for_backward(x, weight)
        return x.dot(weight)

    @staticmethod
    def backward(ctx, grad_output):
        x, weight = ctx.saved
        grad_x = grad_output.dot(weight.T)
        grad_weight = x.T.dot(grad_output)
        return grad_x, grad_weight


class LogSoftmax:
    @staticmethod
    def forward(ctx, logits):
        shifted = logits - np.amax(logits, axis=-1, keepdims=True)
        log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
        ctx.save_for_backward(log_probs)
        return log_probs

    @staticmethod
    def backward(ctx, grad_output):
        (log_probs,) = ctx.saved
        total = grad_output.sum(axis=-1, keepdims=True)
        return grad_output - np.exp(log_probs) * total


class NLLLoss:
    """reduction='mean' over the batch."""

    @staticmethod
    def forward(ctx, log_probs, target):
        ctx.save_for_backward(target)
        batch_size = target.shape[0]
        return -(target * log_probs).sum() / batch_size

    @staticmethod
    def backward(ctx, grad_output=1.0):
        (target,) = ctx.saved
        return -grad_output * target / target.shape[0]


class L2Penalty:
    @staticmethod
    def forward(ctx, weight, lamda):
        ctx.save_for_backward(weight, lamda)
        return 0.5 * lamda * np.square(weight).sum()

    @staticmethod
    def backward(ctx, grad_output=1.0):
        weight, lamda = ctx.saved
        return grad_output * lamda * weight


def softmax_classifier(W, input, label, lamda):
    lin, lsm, nll, reg = Context(), Context(), Context(), Context()

    # forward
    logits = Linear.forward(lin, input, W)
    log_probs = LogSoftmax.forward(lsm, logits)
    data_loss = NLLLoss.forward(nll, log_probs, label)
    loss = data_loss + L2Penalty.forward(reg, W, lamda)

    # loss.backward()
    d_log_probs = NLLLoss.backward(nll)
    d_logits = LogSoftmax.backward(lsm, d_log_probs)
    _, d_weight = Linear.backward(lin, d_logits)
    gradient = d_weight + L2Penalty.backward(reg)

    prediction = log_probs.argmax(axis=1)
    return loss, gradient, prediction
