import numpy as np

GAIN = {"relu": lambda d: np.sqrt(2 / d), "sigmoid": lambda d: np.sqrt(1 / d)}


def logsumexp(a):
    top = np.max(a, axis=-1)[..., None]
    return top + np.log(np.einsum("...k->...", np.exp(a - top)))[..., None]


def hits(a, t):
    return np.einsum("n->", 1.0 * (a.argmax(-1) == t.argmax(-1))) / len(a)


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        self.W = GAIN.get(actFunction, GAIN["sigmoid"])(num_input) * np.random.randn(num_input, num_output)
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, Input):
        self.x = Input
        return np.einsum("nd,dh->nh", Input, self.W) + self.b

    def backward(self, delta):
        self.grad_W = np.einsum("nd,nh->dh", self.x, delta)
        self.grad_b = np.einsum("nh->h", delta)[None, :]
        return np.einsum("nh,dh->nd", delta, self.W)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.gate = np.where(Input > 0, 1.0, 0.0)
        return np.einsum("nh,nh->nh", self.gate, Input)

    def backward(self, delta):
        return np.einsum("nh,nh->nh", self.gate, delta)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # log sigmoid(x) = -log(e^0 + e^-x)
        self.z = np.exp(-np.logaddexp(0, -Input))
        return self.z

    def backward(self, delta):
        return np.einsum("nh,nh,nh->nh", delta, self.z, 1 - self.z)


class EuclideanLossLayer:
    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        self.r = logit - gt
        self.acc = hits(logit, gt)
        self.loss = np.einsum("nk,nk->", self.r, self.r) / len(self.r) / 2
        return self.loss

    def backward(self):
        return np.einsum("nk,->nk", self.r, 1 / len(self.r))


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        self.logz, self.t = logit - logsumexp(logit), gt
        self.acc = hits(logit, gt)
        self.loss = np.einsum("nk,nk,->", self.logz, gt, -1 / len(gt))
        return self.loss

    def backward(self):
        g = np.exp(self.logz)
        n = len(g)
        np.add.at(g, (np.arange(n), np.where(self.t > 0)[1]), -1.0)
        return g / n


class SGD:
    RULES = {
        "W": lambda layer, lr, wd: layer.W - lr * (layer.grad_W + wd * layer.W),
        "b": lambda layer, lr, wd: layer.b - lr * layer.grad_b,
    }

    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        for layer in filter(lambda l: l.trainable, model.layerList):
            for name, rule in self.RULES.items():
                setattr(layer, name, rule(layer, self.learningRate, self.weightDecay))
