# -*- coding: utf-8 -*-
"""
Created on Sun Nov 29 23:58:12 2026

@author: José Ångström
"""
#%% imports
import numpy as np
import matplotlib
matplotlib.use('Agg')
import matplotlib.pyplot as plt; plt.close('all')
import tensorflow as tf

# Reset
# %reset -f
#%% FC

class FCLayer:
    """Fully connected: X W + b."""

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        """(N, in) -> (N, out)."""
        self.Input = Input
        return Input @ self.W + self.b

    def backward(self, delta):
        """Sets grad_W and grad_b, gives the derivative by the input."""
        self.grad_W = self.Input.T @ delta
        self.grad_b = np.sum(delta, axis=0, keepdims=True)
        return delta @ self.W.T

#%% activations
#---------------------------------
class ReLULayer:
    """max(x, 0)."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        """Entry by entry."""
        self.Input = Input
        return np.maximum(Input, 0)

    def backward(self, delta):
        """delta where the input was positive."""
        return delta * (self.Input > 0)

class SigmoidLayer:
    """1 / (1 + exp(-x))."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        """Entry by entry, with an exponential that never overflows."""
        e = np.exp(-np.abs(Input))
        self.output = np.where(Input >= 0, 1, e) / (1 + e)
        return self.output

    def backward(self, delta):
        """delta z (1 - z)."""
        return delta * self.output * (1 - self.output)

# In[losses]
class EuclideanLossLayer:
    """Half the mean square of the difference."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        """1/(2N) sum (logit - gt)^2."""
        self.difference = logit - gt
        self.acc = np.mean(logit.argmax(axis=1) == gt.argmax(axis=1))
        self.loss = np.sum(self.difference**2) / (2 * len(gt))
        return self.loss

    def backward(self):
        """(logit - gt) / N."""
        return self.difference / len(self.difference)

class SoftmaxCrossEntropyLossLayer:
    """Cross-entropy of a softmax."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        """-1/N sum gt log softmax(logit)."""
        shifted = logit - logit.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.p, self.gt = np.exp(log_p), gt
        self.acc = np.mean(logit.argmax(axis=1) == gt.argmax(axis=1))
        self.loss = -np.sum(gt * log_p) / len(gt)
        return self.loss

    def backward(self):
        """(p - gt) / N."""
        return (self.p - self.gt) / len(self.gt)

##%%  SGD
class SGD:
    """Descent with weight decay."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        """Changes W and b of every trainable layer."""
        for layer in model.layerList:
            if layer.trainable:
                layer.W = layer.W - self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
                layer.b = layer.b - self.learningRate * layer.grad_b

#%% look at it
x = np.linspace(-5, 5)
layer = SigmoidLayer()
fig, (ax1, ax2) = plt.subplots(1, 2)
ax1.plot(x, layer.forward(x))
ax2.plot(x, layer.backward(np.ones_like(x)))
fig.savefig('sigmoid.png')
mnist = tf.keras.datasets.mnist.load_data()
ax1.grid = True
#%% [markdown]
# The end
