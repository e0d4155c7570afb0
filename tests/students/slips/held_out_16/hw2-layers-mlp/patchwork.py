import numpy as np

EPSILON = 1e-12


class FCLayer(object):
    """Fully connected layer (from the course skeleton, forward/backward by me + ChatGPT)."""

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.XavierInit()
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))
        self.cache = None

    def forward(self, Input):
        x = Input.reshape(Input.shape[0], -1)
        assert x.shape[1] == self.W.shape[0], "dimension mismatch"
        out = x.dot(self.W) + self.b.reshape(1, -1)
        self.cache = (x, self.W, self.b)
        return out

    def backward(self, delta):
        x, w, b = self.cache
        m = x.shape[0]
        dx = delta.dot(w.T).reshape(x.shape)
        dw = np.dot(x.T, delta)
        db = np.sum(delta, axis=0)
        assert dw.shape == w.shape
        self.grad_W = dw
        self.grad_b = db.reshape(1, -1)
        return dx

    def XavierInit(self):
        raw_std = (2 / (self.num_input + self.num_output)) ** 0.5
        self.W = np.random.normal(0, raw_std, (self.num_input, self.num_output))
        self.b = np.zeros((1, self.num_output))


class ReLULayer(object):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.Z = Input.copy()
        A = np.maximum(0, self.Z)
        assert A.shape == self.Z.shape
        return A

    def backward(self, delta):
        dZ = np.array(delta, copy=True)
        dZ[self.Z <= 0] = 0
        return dZ


class SigmoidLayer(object):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        def _positive_sigmoid(t):
            return 1 / (1 + np.exp(-t))

        def _negative_sigmoid(t):
            # numerically stable for t < 0
            e = np.exp(t)
            return e / (1 + e)

        positive = Input >= 0
        negative = ~positive
        result = np.empty_like(Input, dtype=float)
        result[positive] = _positive_sigmoid(Input[positive])
        result[negative] = _negative_sigmoid(Input[negative])
        self.out = result
        return self.out

    def backward(self, delta):
        local_grad = self.out * (1.0 - self.out)
        return delta * local_grad


class EuclideanLossLayer(object):
    def __init__(self):
        self.acc = 0.0
        self.loss = 0.0

    def forward(self, logit, gt):
        self.logit = logit
        self.gt = gt
        n_samples = logit.shape[0]
        per_sample = np.sum(np.square(gt - logit), axis=1)
        y_pred, y_true = np.argmax(logit, axis=1), np.argmax(gt, axis=1)
        self.acc = (y_pred == y_true).sum() / n_samples
        self.loss = per_sample.mean() / 2.0
        return self.loss

    def backward(self):
        batch = self.gt.shape[0]
        return -(self.gt - self.logit) / batch


class SoftmaxCrossEntropyLossLayer(object):
    def __init__(self):
        self.acc = 0.0
        self.loss = np.zeros(1, dtype="f")

    def forward(self, logit, gt):
        def softmax(x):
            shift = x - np.max(x, axis=-1, keepdims=True)
            ex = np.exp(shift)
            return ex / ex.sum(axis=-1, keepdims=True)

        batch_size, num_classes = logit.shape
        self.softmax_output = softmax(logit)
        self.labels = gt
        log_likelihood = -np.log(self.softmax_output + EPSILON) * gt
        self.loss = log_likelihood.sum() / batch_size
        self.acc = np.mean(np.argmax(self.softmax_output, 1) == np.argmax(gt, 1))
        return self.loss

    def backward(self):
        grad = self.softmax_output.copy()
        grad -= self.labels
        grad /= self.labels.shape[0]
        return grad


class SGD(object):
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        layers = model.layerList
        for idx, layer in enumerate(layers):
            if layer.trainable:
                lr, wd = self.learningRate, self.weightDecay
                diff_W = -lr * (layer.grad_W + wd * layer.W)
                diff_b = -lr * layer.grad_b
                layer.W = layer.W + diff_W
                layer.b = layer.b + diff_b.reshape(layer.b.shape)
