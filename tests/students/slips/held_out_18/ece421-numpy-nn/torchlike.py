"""ECE421 A2. I think in PyTorch, so: little autograd Functions with a ctx, Parameters, and an SGD object."""

import numpy as np


class Ctx:
    def __init__(self):
        self.saved_tensors = ()

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors


class LinearFunction:
    """weight is (in_features, out_features) here, so no transpose in forward."""

    @staticmethod
    def forward(ctx, input, weight, bias):
        ctx.save_for_backward(input, weight)
        return np.matmul(input, weight) + bias

    @staticmethod
    def backward(ctx, grad_output):
        input, weight = ctx.saved_tensors
        grad_input = np.matmul(grad_output, weight.T)
        grad_weight = np.matmul(input.T, grad_output)
        grad_bias = grad_output.sum(axis=0, keepdims=True)
        return grad_input, grad_weight, grad_bias


class ReLUFunction:
    @staticmethod
    def forward(ctx, input):
        mask = input > 0
        ctx.save_for_backward(mask)
        return np.where(mask, input, 0.0)

    @staticmethod
    def backward(ctx, grad_output):
        (mask,) = ctx.saved_tensors
        return grad_output * mask


def F_softmax(input, dim=-1):
    shifted = input - np.amax(input, axis=dim, keepdims=True)
    exps = np.exp(shifted)
    return exps / np.sum(exps, axis=dim, keepdims=True)


class CrossEntropyFunction:
    """reduction="mean", like nn.CrossEntropyLoss, with probability targets."""

    @staticmethod
    def forward(ctx, logits, target):
        probs = F_softmax(logits, dim=1)
        ctx.save_for_backward(probs, target)
        return average_ce(target, probs)

    @staticmethod
    def backward(ctx, grad_output=1.0):
        probs, target = ctx.saved_tensors
        return grad_output * (probs - target) / target.shape[0]


class Parameter:
    def __init__(self, data):
        self.data = np.array(data, dtype=float)
        self.grad = None


class Net:
    def __init__(self, w_h, b_h, w_o, b_o):
        self.w_h, self.b_h = Parameter(w_h), Parameter(b_h)
        self.w_o, self.b_o = Parameter(w_o), Parameter(b_o)

    def parameters(self):
        return [self.w_h, self.b_h, self.w_o, self.b_o]

    def forward(self, x):
        self.ctx_fc1, self.ctx_relu, self.ctx_fc2 = Ctx(), Ctx(), Ctx()
        z_h = LinearFunction.forward(self.ctx_fc1, x, self.w_h.data, self.b_h.data)
        a_h = ReLUFunction.forward(self.ctx_relu, z_h)
        z_o = LinearFunction.forward(self.ctx_fc2, a_h, self.w_o.data, self.b_o.data)
        return z_h, a_h, z_o

    def _accumulate(self, parameter, grad):
        parameter.grad = grad if parameter.grad is None else parameter.grad + grad

    def backward(self, grad):
        grad, grad_w, grad_b = LinearFunction.backward(self.ctx_fc2, grad)
        self._accumulate(self.w_o, grad_w)
        self._accumulate(self.b_o, grad_b)
        grad = ReLUFunction.backward(self.ctx_relu, grad)
        grad, grad_w, grad_b = LinearFunction.backward(self.ctx_fc1, grad)
        self._accumulate(self.w_h, grad_w)
        self._accumulate(self.b_h, grad_b)


class SGD:
    """torch.optim.SGD(momentum=..., dampening=0): buf = m buf + g, p -= lr buf. Same steps as v = m v + lr g."""

    def __init__(self, params, lr, momentum):
        self.params, self.lr, self.momentum = list(params), lr, momentum
        self.state = {}

    def zero_grad(self):
        for p in self.params:
            p.grad = None

    def step(self):
        for i, p in enumerate(self.params):
            buf = self.state.get(i)
            if buf is None:
                buf = np.array(p.grad)
            else:
                buf = self.momentum * buf + p.grad
            self.state[i] = buf
            p.data = p.data - self.lr * buf


# ---- what is asked for


def relu(x):
    return ReLUFunction.forward(Ctx(), x)


def softmax(logits):
    return F_softmax(logits, dim=1)


def compute_layer(x, w, b):
    return LinearFunction.forward(Ctx(), x, w, b)


def average_ce(target, prediction):
    log_probs = np.log(np.clip(prediction, 1e-15, None))
    return float(np.mean(-np.sum(target * log_probs, axis=1)))


def grad_ce(target, logits):
    ctx = Ctx()
    CrossEntropyFunction.forward(ctx, logits, target)
    return CrossEntropyFunction.backward(ctx)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o = Net(w_h, b_h, w_o, b_o).forward(x)
    return z_h, a_h, z_o, F_softmax(z_o, dim=1)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    net = Net(w_h, b_h, w_o, b_o)
    _, _, logits = net.forward(x)
    net.backward(grad_ce(target, logits))
    return tuple(p.grad for p in net.parameters())


def xavier_normal_(generator, fan_in, fan_out):
    std = np.sqrt(2.0 / (fan_in + fan_out))
    return generator.normal(0.0, std, size=(fan_in, fan_out))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    generator = np.random.default_rng(seed)
    net = Net(
        xavier_normal_(generator, x.shape[1], hidden),
        np.zeros((1, hidden)),
        xavier_normal_(generator, hidden, t.shape[1]),
        np.zeros((1, t.shape[1])),
    )
    optimizer = SGD(net.parameters(), lr=lr, momentum=gamma)
    for epoch in range(epochs):
        optimizer.zero_grad()
        _, _, logits = net.forward(x)
        net.backward(grad_ce(t, logits))
        optimizer.step()
    return {"w_h": net.w_h.data, "b_h": net.b_h.data, "w_o": net.w_o.data, "b_o": net.b_o.data}
