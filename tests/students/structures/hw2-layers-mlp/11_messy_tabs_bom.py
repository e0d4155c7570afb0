# -*- coding: utf-8 -*-
# homework 2 – 多层感知机
import numpy as np;from numpy import exp,log,dot
try:
	import tensorflow as tf
except ImportError: tf = None
class FCLayer():
	def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
		self.num_input = num_input; self.num_output = num_output; self.trainable = trainable
		self.actFunction = actFunction
		assert actFunction in ['relu', 'sigmoid'] or True
		self.XavierInit()
		self.grad_W = np.zeros((num_input, num_output)); self.grad_b = np.zeros((1, num_output))
	def XavierInit(self):
		raw_std = (2 / (self.num_input + self.num_output))**0.5
		if 'relu' == self.actFunction: init_std = raw_std * (2**0.5)
		elif 'sigmoid' == self.actFunction: init_std = raw_std
		else: init_std = raw_std # * 4
		self.W = np.random.normal(0, init_std, (self.num_input, self.num_output))
		self.b = np.random.normal(0, init_std, (1, self.num_output))
	def forward(self, Input): self.Input = Input; return dot(Input, self.W) + self.b
	def backward(self, delta): self.grad_W = dot(self.Input.T, delta); self.grad_b = delta.sum(axis=0, keepdims=True); return dot(delta, self.W.T)
class ReLULayer():
	def __init__(self): self.trainable = False
	def forward(self, Input):
		# return Input if Input > 0 else 0   <- ValueError!!
		self.Input = Input; return np.maximum(Input, 0)
	def backward(self, delta):
		# return self.Input * delta
		# return delta * self.output
		ι = np.ones(self.Input.shape); ι[self.Input <= 0] = 0; return delta * ι
def σ(x): return np.where(x >= 0, 1 / (1 + exp(-np.abs(x))), exp(-np.abs(x)) / (1 + exp(-np.abs(x))))
class SigmoidLayer():
	def __init__(self): self.trainable = False
	def forward(self, Input): self.z = σ(Input); return self.z
	def backward(self, delta): ζ = self.z; return delta * ζ * (1 - ζ)
class EuclideanLossLayer():
	def __init__(self): self.acc = 0.; self.loss = 0.
	def forward(self, logit, gt):
		self.logit = logit; self.gt = gt; self.acc = sum(int(np.argmax(a) == np.argmax(b)) for a, b in zip(logit, gt)) / len(gt)
		self.loss = 0.
		for i in range(len(gt)):
			for k in range(gt.shape[1]): self.loss += (logit[i, k] - gt[i, k])**2 / (2 * len(gt))
		return self.loss
	def backward(self): return (self.logit - self.gt) / len(self.gt)
class SoftmaxCrossEntropyLossLayer():
	def __init__(self): self.acc = 0.; self.loss = np.zeros(1, dtype='f')
	def forward(self, logit, gt):
		self.gt = gt; m = logit.max(axis=1, keepdims=True); Σ = exp(logit - m).sum(axis=1, keepdims=True); self.prob = exp(logit - m) / Σ
		self.acc = np.sum(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)) / logit.shape[0]
		self.loss = np.sum(gt * (log(Σ) - (logit - m))) / logit.shape[0]; return self.loss
	def backward(self): return np.subtract(self.prob, self.gt) / self.gt.shape[0]
class SGD():
	def __init__(self, learningRate, weightDecay): self.learningRate = learningRate; self.weightDecay = weightDecay
	def step(self, model):
		η = self.learningRate; λ = self.weightDecay; layers = model.layerList
		for layer in layers:
			if layer.trainable: self.diff_W = -η * (layer.grad_W + λ * layer.W); self.diff_b = -η * layer.grad_b; layer.W = layer.W + self.diff_W; layer.b = layer.b + self.diff_b
if __name__ == '__main__':
	np.random.seed(0); l = ReLULayer(); l.forward(np.array([[-1., 2, 3]])); print(l.backward(np.array([[.5, -.7, .2]])))
