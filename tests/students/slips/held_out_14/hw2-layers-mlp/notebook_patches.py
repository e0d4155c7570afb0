# -*- coding: utf-8 -*-
# exported from hw2_mlp.ipynb

# In[1]:


# %load_ext autoreload
# %autoreload 2
import numpy as np

SEED = 1234
BATCH = 20
CLASSES = 10
np.random.seed(SEED)


# ## 3.1 Fully connected

# In[2]:


class FCLayer():

    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input, self.num_output = num_input, num_output
        self.trainable = trainable
        self.actFunction = actFunction
        self.XavierInit()
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def XavierInit(self):
        raw_std = (2 / (self.num_input + self.num_output)) ** 0.5
        if self.actFunction == 'relu':
            init_std = raw_std * (2 ** 0.5)
        else:
            init_std = raw_std
        self.W = np.random.normal(0, init_std, (self.num_input, self.num_output))
        self.b = np.random.normal(0, init_std, (1, self.num_output))

    def forward(self, Input):
        self.Input = Input
        return np.array([x.dot(self.W) for x in Input]) + self.b

    def backward(self, delta):
        # loop version, slow
        self.grad_W = sum(np.outer(x, d) for x, d in zip(self.Input, delta))
        self.grad_b = sum(delta)
        return delta.dot(self.W.T)


# In[3]:


toy = FCLayer(3, 2)
print(toy.forward(np.ones((4, 3))).shape)


# faster (the loop took 40 s per epoch). Patch the two methods, keep the constructor:

# In[5]:


class FCLayer(FCLayer):

    def forward(self, Input):
        self.Input = Input
        self.out = np.matmul(Input, self.W) + self.b
        return self.out

    def backward(self, delta):
        X = self.Input
        self.grad_W = np.tensordot(X, delta, axes=([0], [0]))
        self.grad_b = np.sum(delta, 0).reshape(1, -1)
        return np.inner(delta, self.W)


# In[6]:


x = np.random.randn(5, 3)
fc = FCLayer(3, 2)
fc.forward(x)
d = np.random.randn(5, 2)
dx = fc.backward(d)
assert dx.shape == x.shape
assert np.allclose(fc.grad_W, x.T @ d)


# ## 3.2 Activations

# In[8]:


class ReLULayer():
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.mask = Input <= 0
        out = Input.copy()
        out[self.mask] = 0
        return out

    def backward(self, delta):
        grad = delta.copy()
        grad[self.mask] = 0
        return grad


class SigmoidLayer():
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        pos = Input >= 0
        out = np.empty(Input.shape)
        out[pos] = 1 / (1 + np.exp(-Input[pos]))
        ex = np.exp(Input[~pos])
        out[~pos] = ex / (1 + ex)
        self.z = out
        return out

    def backward(self, delta):
        z = self.z
        return z * (1 - z) * delta


# In[9]:


r = ReLULayer()
print(r.forward(np.array([[-1., 2., 3.]])), r.backward(np.array([[.5, -.7, .2]])))


# ## 3.3 Losses

# In[11]:


class EuclideanLossLayer():
    def __init__(self):
        self.acc = 0.
        self.loss = 0.

    def forward(self, logit, gt):
        self.logit, self.gt = logit, gt
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        self.loss = 0.5 * ((logit - gt) ** 2).sum(axis=1).mean()
        return self.loss

    def backward(self):
        return (self.logit - self.gt) / self.logit.shape[0]


class SoftmaxCrossEntropyLossLayer():
    def __init__(self):
        self.acc = 0.
        self.loss = np.zeros(1, dtype='f')

    def forward(self, logit, gt):
        # nan after some steps!! see the cell below
        e = np.exp(logit)
        self.z = e / e.sum(axis=1, keepdims=True)
        self.gt = gt
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        self.loss = -(gt * np.log(self.z)).sum(axis=1).mean()
        return self.loss

    def backward(self):
        return (self.z - self.gt) / len(self.gt)


# In[14]:


class SoftmaxCrossEntropyLossLayer(SoftmaxCrossEntropyLossLayer):

    def forward(self, logit, gt):
        s = logit - logit.max(axis=1)[:, None]
        e = np.exp(s)
        norm = e.sum(axis=1)[:, None]
        self.z = e / norm
        self.gt = gt
        self.acc = (s.argmax(1) == gt.argmax(1)).mean()
        self.loss = (gt * (np.log(norm) - s)).sum(axis=1).mean()
        return self.loss


# In[15]:


ce = SoftmaxCrossEntropyLossLayer()
lg = np.random.randn(BATCH, CLASSES)
t = np.eye(CLASSES)[np.random.randint(0, CLASSES, BATCH)]
a = ce.forward(lg, t)
b = ce.forward(lg + 1000, t)
print(a, b)
assert abs(a - b) < 1e-8


# ## 3.4 Optimizer

# In[17]:


class SGD():
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        layers = model.layerList
        for layer in layers:
            if layer.trainable:
                diff_W = -self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
                diff_b = -self.learningRate * layer.grad_b
                layer.W = layer.W + diff_W
                layer.b = layer.b + diff_b


# In[20]:


class Net:
    def __init__(self):
        self.layerList = [FCLayer(3, 4), ReLULayer(), FCLayer(4, CLASSES)]


net = Net()
opt = SGD(0.1, 1e-4)
for it in range(3):
    h = x
    for l in net.layerList:
        h = l.forward(h)
    loss = SoftmaxCrossEntropyLossLayer()
    print(it, loss.forward(h, t[:5]))
    g = loss.backward()
    for l in net.layerList[::-1]:
        g = l.backward(g)
    opt.step(net)
