# -*- coding: utf-8 -*-
# 作业一 two layer net
from numpy import *
from numpy.random import randn, choice
import numpy as np
import sys; sys.setrecursionlimit(5000)
seterr(over='ignore', under='ignore')
CONFIG = {'learning_rate': 1e-3, 'learning_rate_decay': 0.95, 'reg': 5e-6, 'num_iters': 100, 'batch_size': 200}; ε = 0.0
#class TwoLayerNet:
#	def loss(self, X, y=None, reg=0.0):
#		scores = X.dot(W1)   # ???
σ = lambda s: exp(s - s.max(axis=1, keepdims=True)) / exp(s - s.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
class TwoLayerNet(object):
	def __init__(self, input_size, hidden_size, output_size, std=1e-4):
		self.params = {'W1': std * randn(input_size, hidden_size), 'b1': zeros(hidden_size), 'W2': std * randn(hidden_size, output_size), 'b2': zeros(output_size)}
	def loss(self, X, y=None, reg=0.0):
		θ = self.params; z = X @ θ['W1'] + θ['b1']; h = maximum(z, 0); s = h @ θ['W2'] + θ['b2']
		if y is None: return s
		n = s.shape[0]; s = s - s.max(axis=1, keepdims=True); Σ = exp(s).sum(axis=1); λ = reg
		L = (log(Σ) - s[arange(n), y]).mean() + λ * ((θ['W1'] ** 2).sum() + (θ['W2'] ** 2).sum()); δ2 = σ(s); δ2[arange(n), y] -= 1; δ2 = δ2 / n; δ1 = (δ2 @ θ['W2'].T) * (z > 0); return L, {'W1': X.T @ δ1 + 2 * λ * θ['W1'], 'b1': δ1.sum(axis=0), 'W2': h.T @ δ2 + 2 * λ * θ['W2'], 'b2': δ2.sum(axis=0)}
	def train(self, X, y, X_val, y_val, learning_rate=CONFIG['learning_rate'], learning_rate_decay=CONFIG['learning_rate_decay'], reg=CONFIG['reg'], num_iters=CONFIG['num_iters'], batch_size=CONFIG['batch_size'], verbose=False):
		η, n, H = learning_rate, len(X), []; acc, vacc = [], []; κ = n // batch_size or 1
		for t in range(num_iters):
			i = choice(n, batch_size); L, g = self.loss(X[i], y[i], reg); H.append(L)
			for k in self.params: self.params[k] = self.params[k] - η * g[k]
			if (t + 1) % κ == 0: η *= learning_rate_decay; acc.append(mean(self.predict(X) == y)); vacc.append(mean(self.predict(X_val) == y_val))
			if verbose: print(t, L)
		return {'loss_history': H, 'train_acc_history': acc, 'val_acc_history': vacc}
	def predict(self, X): return argmax(self.loss(X), axis=1)
if __name__ == '__main__':
	import argparse; p = argparse.ArgumentParser(); p.add_argument('--hidden', default=50, type=int); a = p.parse_args()
	net = TwoLayerNet(4, a.hidden, 3)
	print(net.loss(randn(5, 4)).shape)
