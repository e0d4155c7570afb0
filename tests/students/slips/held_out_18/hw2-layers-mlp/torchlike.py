"""HW2 layers. Each layer is a thin nn.Module around an autograd-style function with a ctx."""

import numpy as np


class Ctx:
    def save_for_backward(self, **tensors):
        self.__dict__.update(tensors)


class linear:
    @staticmethod
    def forward(ctx, input, weight, bias):
        ctx.save_for_backward(input=input, weight=weight)
        return np.dot(input, weight) + bias

    @staticmethod
    def backward(ctx, grad_output):
        grad_weight = np.dot(ctx.input.T, grad_output)
        grad_bias = grad_output.sum(axis=0, keepdims=True)
        grad_input = np.dot(grad_output, ctx.weight.T)
        return grad_input, grad_weight, grad_bias


class relu:
    @staticmethod
    def forward(ctx, input):
        output = input.clip(min=0)
        ctx.save_for_backward(output=output)
        return output.copy()

    @staticmethod
    def backward(ctx, grad_output):
        grad_input = grad_output.copy()
        grad_input[ctx.output <= 0] = 0
        return grad_input


class sigmoid:
    @staticmethod
    def forward(ctx, input):
        output = (np.tanh(input / 2) + 1) / 2
        ctx.save_for_backward(output=output)
        return output.copy()

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * (1 - ctx.output) * ctx.output


def log_softmax(input):
    input = input - input.max(axis=-1, keepdims=True)
    return input - np.log(np.exp(input).sum(axis=-1, keepdims=True))


class mse_loss:
    """half the squared error, summed over classes, averaged over the batch"""

    @staticmethod
    def forward(ctx, input, target):
        ctx.save_for_backward(error=input - target)
        return 0.5 * (ctx.error**2).sum(axis=1).mean()

    @staticmethod
    def backward(ctx):
        return ctx.error / ctx.error.shape[0]


class cross_entropy:
    @staticmethod
    def forward(ctx, input, target):
        log_probs = log_softmax(input)
        ctx.save_for_backward(log_probs=log_probs, target=target)
        return -(target * log_probs).sum(axis=1).mean()

    @staticmethod
    def backward(ctx):
        batch_size = ctx.target.shape[0]
        return (np.exp(ctx.log_probs) - ctx.target) / batch_size


def accuracy(logit, gt):
    return float((logit.argmax(1) == gt.argmax(1)).mean())


class Module:
    trainable = False

    def new_ctx(self):
        self.ctx = Ctx()
        return self.ctx


class FCLayer(Module):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        gain = {"relu": 2.0}.get(actFunction, 1.0)
        self.W = np.random.randn(num_input, num_output) * np.sqrt(gain / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        return linear.forward(self.new_ctx(), Input, self.W, self.b)

    def backward(self, delta):
        grad_input, self.grad_W, self.grad_b = linear.backward(self.ctx, delta)
        return grad_input


class ReLULayer(Module):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        return relu.forward(self.new_ctx(), Input)

    def backward(self, delta):
        return relu.backward(self.ctx, delta)


class SigmoidLayer(Module):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        return sigmoid.forward(self.new_ctx(), Input)

    def backward(self, delta):
        return sigmoid.backward(self.ctx, delta)


class EuclideanLossLayer(Module):
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.loss = mse_loss.forward(self.new_ctx(), logit, gt)
        self.acc = accuracy(logit, gt)
        return self.loss

    def backward(self):
        return mse_loss.backward(self.ctx)


class SoftmaxCrossEntropyLossLayer(Module):
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.loss = cross_entropy.forward(self.new_ctx(), logit, gt)
        self.acc = accuracy(logit, gt)
        return self.loss

    def backward(self):
        return cross_entropy.backward(self.ctx)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for module in model.layerList:
            if not module.trainable:
                continue
            d_p = module.grad_W + self.weightDecay * module.W
            module.W = module.W - self.learningRate * d_p
            module.b = module.b - self.learningRate * module.grad_b
