"""Style: tabs, Windows line ends, semicolons, one-line functions."""
import numpy as np; import math

def relu(x): return np.maximum(x, 0.0)

def softmax(logits):
	z = logits - logits.max(axis=1, keepdims=True); e = np.exp(z)
	return e / e.sum(axis=1, keepdims=True)

def compute_layer(x, w, b): return x @ w + b

def average_ce(target, prediction):
	total = 0.0
	for row in range(len(target)):
		total -= math.log(max(prediction[row][target[row].argmax()], 1e-12))
	return total / len(target)

def grad_ce(target, logits): return (softmax(logits) - target) / len(target)

def forward_prop(x, w_h, b_h, w_o, b_o):
	z_h = compute_layer(x, w_h, b_h); a_h = relu(z_h)
	z_o = compute_layer(a_h, w_o, b_o); return z_h, a_h, z_o, softmax(z_o)

def backward_prop(x, target, w_h, b_h, w_o, b_o):
	z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
	d_o = (p - target) / len(x)
	d_h = d_o @ w_o.T
	d_h[z_h <= 0] = 0
	return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)

def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
	rng = np.random.default_rng(seed)
	w = [rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden)), np.zeros((1, hidden)), rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
	v = [np.zeros_like(p) for p in w]
	for i in range(0, epochs):
		g = backward_prop(x, t, *w)
		for j in (0, 1, 2, 3):
			v[j] = gamma * v[j] + lr * g[j]; w[j] = w[j] - v[j]
	return {"w_h": w[0], "b_h": w[1], "w_o": w[2], "b_o": w[3]}
