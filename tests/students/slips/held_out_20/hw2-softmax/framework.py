"""A tiny autograd-like framework: modules with forward(ctx, ...) and backward(ctx, grad)."""

import numpy as np


class Context:
    """Holds what backward needs."""

    def __init__(self):
        self.saved = ()

    def save_for_backward(self, *tensors):
        self.saved = tensors


class Linear:
    @staticmethod
    def forward(ctx, x, weight):
        ctx.save_for_backward(x, weight)
        return x.dot(weight)

    @staticmethod
    def backward(ctx, grad_output):
        x, weight = ctx.saved
        grad_weight = x.T.dot(grad_output)
        return grad_weight


class Softmax:
    @staticmethod
    def forward(scores):
        scores = scores - scores.max(axis=-1, keepdims=True)
        exps = np.exp(scores)
        return exps / exps.sum(axis=-1, keepdims=True)


class CrossEntropyLoss:
    """reduction='mean'; takes logits."""

    @staticmethod
    def forward(ctx, logits, target):
        probs = Softmax.forward(logits)
        ctx.save_for_backward(probs, target)
        top = logits.max(axis=-1, keepdims=True)
        lse = top + np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
        per_sample = (target * (lse - logits)).sum(axis=-1)
        return per_sample.mean()

    @staticmethod
    def backward(ctx):
        probs, target = ctx.saved
        grad = probs.copy()
        grad[np.arange(len(grad)), target.argmax(axis=-1)] -= 1.0
        grad /= len(grad)
        return grad


class WeightDecay:
    def __init__(self, coefficient):
        self.coefficient = coefficient

    def loss(self, weight):
        return 0.5 * self.coefficient * float(np.vdot(weight, weight))

    def grad(self, weight):
        return self.coefficient * weight


class SoftmaxRegression:
    def __init__(self, weight, weight_decay):
        self.weight = weight
        self.regulariser = WeightDecay(weight_decay)
        self.linear_ctx = Context()
        self.loss_ctx = Context()

    def forward(self, x, target):
        logits = Linear.forward(self.linear_ctx, x, self.weight)
        data_loss = CrossEntropyLoss.forward(self.loss_ctx, logits, target)
        return data_loss + self.regulariser.loss(self.weight)

    def backward(self):
        grad_logits = CrossEntropyLoss.backward(self.loss_ctx)
        return Linear.backward(self.linear_ctx, grad_logits) + self.regulariser.grad(self.weight)

    def predict(self):
        probs, _ = self.loss_ctx.saved
        return probs.argmax(axis=-1)


def softmax_classifier(W, input, label, lamda):
    model = SoftmaxRegression(W, weight_decay=lamda)
    loss = model.forward(input, label)
    gradient = model.backward()
    prediction = model.predict()
    return loss, gradient, prediction
