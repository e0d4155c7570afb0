import numpy as np


def sigma(x):
    """sigma(x) = 1 / (1 + e^-x); the input is limited so that e^-x stays finite."""
    return 1.0 / (1.0 + np.exp(-np.maximum(x, -700.0)))


def sigma_prime(x):
    return sigma(x) * (1.0 - sigma(x))


def g(x):
    return np.maximum(0.0, x)


def g_prime(x):
    d = np.zeros(x.shape)
    d[x > 0.0] = 1.0
    return d


class FCLayer:
    """u = x W + b"""

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        if actFunction == "relu":
            std = np.sqrt(2.0 / num_input)
        else:
            std = np.sqrt(1.0 / num_input)
        self.W = std * np.random.randn(num_input, num_output)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self.x = Input
        u = np.dot(self.x, self.W) + self.b
        return u

    def backward(self, delta):
        N = delta.shape[0]
        # dL/dW = sum over n of x_n^T delta_n
        dL_dW = np.zeros(self.W.shape)
        dL_db = np.zeros(self.b.shape)
        for n in range(N):
            x_n = self.x[n].reshape(-1, 1)
            delta_n = delta[n].reshape(1, -1)
            dL_dW += np.dot(x_n, delta_n)
            dL_db += delta_n
        self.grad_W = dL_dW
        self.grad_b = dL_db
        dL_dx = np.dot(delta, self.W.T)
        return dL_dx


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.x = Input
        self.a = g(self.x)
        return self.a

    def backward(self, delta):
        return delta * g_prime(self.x)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.x = Input
        self.a = sigma(self.x)
        return self.a

    def backward(self, delta):
        return delta * sigma_prime(self.x)


class EuclideanLossLayer:
    """L = 1/(2N) sum_n ||y_n - t_n||^2"""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.y, self.t = logit, gt
        self.N = self.y.shape[0]
        L = 0.0
        for n in range(self.N):
            e_n = self.y[n] - self.t[n]
            L += 0.5 * np.dot(e_n, e_n)
        self.loss = L / self.N
        self.acc = np.sum(np.argmax(self.y, axis=1) == np.argmax(self.t, axis=1)) / self.N
        return self.loss

    def backward(self):
        dL_dy = (self.y - self.t) / self.N
        return dL_dy


class SoftmaxCrossEntropyLossLayer:
    """L = -1/N sum_n sum_k t_nk log z_nk"""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.t = gt
        self.N, self.K = logit.shape
        s = np.empty(logit.shape)
        for n in range(self.N):
            s[n] = logit[n] - np.max(logit[n])
        self.z = np.exp(s)
        for n in range(self.N):
            self.z[n] = self.z[n] / np.sum(self.z[n])
        E = 0.0
        for n in range(self.N):
            for k in range(self.K):
                if self.t[n, k] == 1:
                    E = E - np.log(self.z[n, k] + 1e-12)
        self.loss = E / self.N
        self.acc = np.sum(np.argmax(self.z, axis=1) == np.argmax(self.t, axis=1)) / self.N
        return self.loss

    def backward(self):
        # dL/ds_j = -1/N sum_k t_k (1[k = j] - z_j)
        I = np.eye(self.K)
        dL_ds = np.zeros((self.N, self.K))
        for n in range(self.N):
            for k in range(self.K):
                dL_ds[n] += -self.t[n, k] * (I[k] - self.z[n])
        return dL_ds / self.N


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        eta = self.learningRate
        lam = self.weightDecay
        for layer in model.layerList:
            if layer.trainable:
                delta_W = -eta * (layer.grad_W + lam * layer.W)
                delta_b = -eta * layer.grad_b
                layer.W = layer.W + delta_W
                layer.b = layer.b + delta_b
