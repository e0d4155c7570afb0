# ---- HW2 parts 3 and 4: all cells in one file ----
# In[1]:
import numpy as np

EPS = 1e-11
BATCH_SIZE = 100
INIT_STD = 0.01

# In[2]:
one_hot = lambda y, C: np.eye(C)[y]  # noqa: E731
acc = lambda a, b: np.mean(np.argmax(a, 1) == np.argmax(b, 1))  # noqa: E731


# In[3]:
class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        k = np.sqrt(2.0 / num_input) if actFunction == "relu" else np.sqrt(1.0 / num_input)
        self.W = k * np.random.randn(num_input, num_output)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self.x = Input
        return np.dot(Input, self.W) + self.b

    def backward(self, delta):
        self.grad_W = np.dot(self.x.T, delta)
        self.grad_b = np.sum(delta, axis=0, keepdims=True)
        return np.dot(delta, self.W.T)


# In[4]:
class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.x = Input
        y = Input.copy()
        y[y < 0] = 0
        return y

    def backward(self, delta):
        d = delta.copy()
        d[self.x <= 0] = 0
        return d


# In[5]: first sigmoid, overflows
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# In[6]: better
def sigmoid(x):  # noqa: F811
    return 0.5 * (1 + np.tanh(0.5 * x))


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.x = Input
        self.y = sigmoid(Input)
        return self.y

    def backward(self, delta):
        x, y = self.x, self.y
        assert x.shape == delta.shape
        return delta * y * (1 - y)


# In[7]:
class EuclideanLossLayer:
    def __init__(self):
        self.acc = 0.0
        self.loss = 0.0

    def forward(self, logit, gt):
        self.logit, self.gt = logit, gt
        self.acc = acc(logit, gt)
        self.loss = 0.5 * ((logit - gt) ** 2).sum(axis=1).mean()
        return self.loss

    def backward(self):
        return (self.logit - self.gt) / self.gt.shape[0]


# In[8]:
class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.acc = 0.0
        self.loss = 0.0

    def forward(self, logit, gt):
        self.N = logit.shape[0]
        shifted = logit - logit.max(1).reshape(-1, 1)
        logsum = np.log(np.exp(shifted).sum(1).reshape(-1, 1))
        logp = shifted - logsum
        self.p = np.exp(logp)
        self.gt = gt
        self.acc = acc(logit, gt)
        self.loss = -np.mean(np.sum(gt * logp, axis=1))
        return self.loss

    def backward(self):
        return (self.p - self.gt) / self.N


# In[9]:
class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            dW = layer.grad_W + self.weightDecay * layer.W
            layer.W = layer.W - self.learningRate * dW
            layer.b = layer.b - self.learningRate * layer.grad_b


# In[10]:
# relu = ReLULayer(); relu.forward(np.array([[-1., 2., 3.]])); print(relu.backward(np.array([[.5, -.7, .2]])))
if __name__ == "__main__":
    fc = FCLayer(784, 128)
    print(fc.forward(np.random.rand(BATCH_SIZE, 784)).shape)
