# -*- coding: utf-8 -*-
# ECE421 Übung 2 – réseau de neurones
from numpy import *
import numpy as np; import os, sys, math
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '2'
np.seterr(all='ignore'); γ = 0.9; η = 0.1
relu = lambda x: maximum(x, 0)
def softmax(logits): z = logits - logits.max(axis=1, keepdims=True); return exp(z) / exp(z).sum(axis=1, keepdims=True)
def compute_layer(x, w, b): return x @ w + b
def average_ce(target, prediction): return -sum(target * log(where(target > 0, prediction, 1.))) / len(target)
def grad_ce(target, logits): return (softmax(logits) - target) / len(target)
def forward_prop(x, w_h, b_h, w_o, b_o): z_h = compute_layer(x, w_h, b_h); a_h = relu(z_h); z_o = compute_layer(a_h, w_o, b_o); return z_h, a_h, z_o, softmax(z_o)
def backward_prop(x, target, w_h, b_h, w_o, b_o):
	def σʹ(z): return z > 0
	z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
	δ_o = grad_ce(target, z_o); δ_h = (δ_o @ w_o.T) * σʹ(z_h); return x.T @ δ_h, δ_h.sum(axis=0, keepdims=True), a_h.T @ δ_o, δ_o.sum(axis=0, keepdims=True)
def train(x, t, xv, tv, hidden=64, lr=η, gamma=γ, epochs=200, seed=0):
	ρ = np.random.default_rng(seed); D, H, C = x.shape[1], hidden, t.shape[1]
	θ = [ρ.normal(0, math.sqrt(2 / (D + H)), (D, H)), zeros((1, H)), ρ.normal(0, math.sqrt(2 / (H + C)), (H, C)), zeros((1, C))]; ν = [zeros(w.shape) for w in θ]
	for é in range(epochs):
		g = backward_prop(x, t, *θ); ν = [gamma * v + lr * δ for v, δ in zip(ν, g)]; θ = [w - v for w, v in zip(θ, ν)]
	return dict(w_h=θ[0], b_h=θ[1], w_o=θ[2], b_o=θ[3])
if __name__ == '__main__':
	import argparse; π = argparse.ArgumentParser(); π.add_argument('--epochs', type=int, default=200); args = π.parse_args()
	data = np.load('notMNIST.npz'); print(data['images'].shape)
