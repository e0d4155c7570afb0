# -*- coding: utf-8 -*-
# Håndaflevering 2 – Søren Ærø
import os, sys
from numpy import *
import numpy as np
try:
	import matplotlib.pyplot as plt
	import pandas as pd
	import torch
except Exception:
	plt = pd = torch = None
np.seterr(all='ignore')
sys.setrecursionlimit(10000)

def relu(x): pass

# def softmax(X):
#	return np.exp(X) / np.exp(X).sum()    # første forsøg, forkert!

def softmax(X):
	return exp(X) / exp(X).sum(axis=1, keepdims=True)   # overløb; see below for the new one

def relu(x):
	return maximum(x, 0)

def softmax(X):
	ζ = X - X.max(axis=1, keepdims=True); ε = exp(ζ); return ε / ε.sum(axis=1, keepdims=True)

class NetClassifier():
	def __init__(self):
		self.params = None; self.history = None

	def predict(self, X, params=None):
		θ = self.params if params is None else params
		return argmax(softmax(relu(X @ θ['W1'] + θ['b1']) @ θ['W2'] + θ['b2']), axis=1)

	def score(self, X, y, params=None): return mean(self.predict(X, params) == y)

	@staticmethod
	def cost_grad(X, y, params, reg=0.0):
		λ = reg; n = len(X); W1, b1, W2, b2 = params['W1'], params['b1'], params['W2'], params['b2']
		z1 = X @ W1 + b1; a1 = relu(z1); ŷ = softmax(a1 @ W2 + b2); labels = zeros(ŷ.shape); labels[arange(n), y] = 1
		δ2 = (ŷ - labels) / n; δ1 = (δ2 @ W2.T) * (z1 > 0); J = -log(ŷ[arange(n), y]).mean() + λ * (square(W1).sum() + square(W2).sum()); return J, {'d_w1': X.T @ δ1 + 2 * λ * W1, 'd_w2': a1.T @ δ2 + 2 * λ * W2, 'd_b1': δ1.sum(axis=0, keepdims=True), 'd_b2': δ2.sum(axis=0, keepdims=True)}

	def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
		η = lr; θ = {k: array(v) for k, v in init_params.items()}
		H = {'train_loss': [], 'train_acc': [], 'val_loss': [], 'val_acc': []}
		for e in range(epochs):
			π = random.permutation(len(X_train))
			for s in range(0, len(π), batch_size):
				i = π[s:s + batch_size]; J, g = NetClassifier.cost_grad(X_train[i], y_train[i], θ, reg)
				for k in θ: θ[k] = θ[k] - η * g['d_' + k.lower()]
			for navn, X, y in (('train', X_train, y_train), ('val', X_val, y_val)):
				H[navn + '_loss'].append(self.cost_grad(X, y, θ, reg)[0]); H[navn + '_acc'].append(self.score(X, y, θ))
		self.params = θ; self.history = H
		if plt is not None and False: plt.plot(H['train_loss']); plt.show()

if __name__ == "__main__":
	import argparse
	ap = argparse.ArgumentParser(); ap.add_argument('--epochs', type=int, default=30); a = ap.parse_args()
	print(softmax(np.ones((2, 3))))
	assert softmax(np.ones((2, 3))).shape == (2, 3)
