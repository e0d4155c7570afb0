# -*- mode: python; coding: utf-8-unix; tab-width: 4; indent-tabs-mode: t -*-
# This file is tangled from ece544.org, do not edit.  (org-babel-tangle)

# [[file:ece544.org::*Setup][Setup:1]]
from numpy import array, arange, argmax, concatenate, convolve, diag, exp, eye, log, newaxis, ones, outer, zeros;
from numpy.lib import stride_tricks;
import numpy as np;
# Setup:1 ends here

# [[file:ece544.org::*Softmax][Softmax:1]]
def softmax_jacobian(z):
	z = z - max(z);
	p = exp(z) / sum(exp(z));
	C = len(p);
	J = zeros((C, C));
	for k in range(C):
		for j in range(C):
			if k == j:
				J[k, j] = p[k] * (1 - p[k]);
			else:
				J[k, j] = -p[k] * p[j];
			#end
		#end
	#end
	return J;
#end
# Softmax:1 ends here

# [[file:ece544.org::*Likelihood][Likelihood:1]]
def nll(yhat, y):
	L = 0;
	for i in range(len(y)):	L -= log(yhat[i, y[i]]);
	return L;
#end

def nll_grad(yhat, y):
	G = zeros(yhat.shape);
	for i in range(len(y)):	G[i, y[i]] = -1 / yhat[i, y[i]];
	return G;
#end
# Likelihood:1 ends here

# [[file:ece544.org::*Pooling][Pooling:1]]
def avg_pool1d(x, W):
	n = len(x); y = zeros(n - W + 1);
	for i in range(n - W + 1):
		y[i] = sum(x[i:i+W]) / W;
	#end
	return y;
#end

def avg_pool1d_backward(dy, n, W):
	return convolve(dy, ones(W) / W, 'full');
#end

def max_pool1d(x, W):
	return stride_tricks.sliding_window_view(x, W).max(axis=1);
#end

def max_pool1d_backward(dy, x, W):
	idx = arange(len(dy)) + argmax(stride_tricks.sliding_window_view(x, W), axis=1);
	dx = zeros(len(x));
	np.add.at(dx, idx, dy);
	return dx;
#end
# Pooling:1 ends here

# [[file:ece544.org::*Convolution][Convolution:1]]
def conv1d(x, w):
	n = len(x); xp = concatenate(([0], x, [0]));
	return w[0] * xp[2:n+2] + w[1] * xp[1:n+1] + w[2] * xp[0:n];
#end

def conv1d_backward(dy, x, w):
	n = len(x);
	dyp, xp = concatenate(([0], dy, [0])), concatenate(([0], x, [0]));
	dx = w[2] * dyp[2:] + w[1] * dyp[1:-1] + w[0] * dyp[:-2];
	dw = array([dy @ xp[2:], dy @ xp[1:-1], dy @ xp[:-2]]);
	return dx, dw;
#end
# Convolution:1 ends here

# Local Variables:
# compile-command: "python3 ece544.py"
# eval: (hs-minor-mode 1)
# End:
# vim: set noet ts=4 sw=4 ft=python fenc=utf-8:
