import numpy as np

put = lambda self, **kw: self.__dict__.update(kw)
col = lambda a: a[:, None]
lse = lambda z: col(m := z.max(1)) + np.log(np.exp(z - col(m)).sum(1, keepdims=True))
hit = lambda a, b: np.mean(a.argmax(1) == b.argmax(1))


class Plain:
    trainable = False


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        s = (1 + (actFunction == "relu")) / num_input
        put(self, num_input=num_input, num_output=num_output, trainable=trainable)
        put(self, W=s**0.5 * np.random.randn(num_input, num_output), b=np.zeros((1, num_output)))
        put(self, grad_W=0 * self.W, grad_b=0 * self.b)

    def forward(self, Input):
        return (put(self, X=np.c_[Input, np.ones(len(Input))]), self.X @ np.r_[self.W, self.b.reshape(1, -1)])[1]

    def backward(self, delta):
        g = self.X.T @ delta
        put(self, grad_W=g[:-1], grad_b=g[-1:])
        return delta @ self.W.T


class ReLULayer(Plain):
    forward = lambda self, Input: (put(self, s=(np.sign(Input) + 1) // 2 * (Input != 0)), Input * self.s)[1]
    backward = lambda self, delta: self.s * delta


class SigmoidLayer(Plain):
    forward = lambda self, Input: (put(self, x=Input), self(Input))[1]
    __call__ = lambda self, x: np.exp(-np.logaddexp(0, -x))
    backward = lambda self, delta: delta * self(self.x) * self(-self.x)


class EuclideanLossLayer:
    loss = acc = 0.0

    def forward(self, logit, gt):
        put(self, z=logit, t=gt, acc=hit(logit, gt), loss=np.vdot(d := logit - gt, d) / len(d) / 2)
        return self.loss

    backward = lambda self: (self.z - self.t) / len(self.z)


class SoftmaxCrossEntropyLossLayer:
    loss = acc = 0.0

    def forward(self, logit, gt):
        put(self, z=logit, t=gt, acc=hit(logit, gt), loss=(lse(logit)[:, 0] - (gt * logit).sum(1)).mean())
        return self.loss

    backward = lambda self: (np.exp(self.z - lse(self.z)) - self.t) / len(self.z)


class SGD:
    def __init__(self, learningRate, weightDecay):
        put(self, learningRate=learningRate, weightDecay=weightDecay)

    def step(self, model):
        for q in (q for q in model.layerList if q.trainable):
            q.W = (1 - self.learningRate * self.weightDecay) * q.W - self.learningRate * q.grad_W
            q.b = q.b - self.learningRate * q.grad_b
