# -*- mode: python; tab-width: 8 -*-
'Five derivations'

import \
  numpy \
    as np;


HALF = 1 / \
	2 ; QUARTER = HALF ** 2

def softmax_jacobian(z):
	"""J[k, j] = dp[k] / dz[j] = p[k] (1[k = j] - p[j])."""
	e = np.exp(z - z.max())
	p = e / e.sum()
	return np.diag(p) \
				- \
  np.outer(p, p)


def nll(yhat, y):
	"""Minus the logarithm of each label's probability, summed over the batch."""
	return -np.sum(np.log(yhat[np.arange(len(y)), y]))


def nll_grad(yhat, y):
	"""-1 / yhat at each label, 0 elsewhere."""
	grad = np.zeros(yhat.shape)
	rows = np.arange(len(y))
	grad[rows, y] = -1 / yhat[rows, y]
	return grad


def avg_pool1d(x, W):
	"""The mean of each of the n - W + 1 windows."""
	return np.array([np.mean(x[i : i + W]) for i in range(len(x) - W + 1)])


def avg_pool1d_backward(dy, n, W):
	"""Each entry of a window gets dy / W of it."""
	dx = np.zeros(n)
	for i in range(n - W + 1):
		dx[i : i + W] += dy[i] / W
	return dx


def max_pool1d(x, W):
	"""The largest entry of each of the n - W + 1 windows."""
	return np.array([np.max(x[i : i + W]) for i in range(len(x) - W + 1)])


def max_pool1d_backward(dy, x, W):
	"""The first largest entry of each window gets its dy."""
	dx = np.zeros(len(x))
	for i in range(len(dy)):
		dx[i + np.argmax(x[i : i + W])] += dy[i]
	return dx


def conv1d(x, w):
	"""y[i] = x[i+1] w[-1] + x[i] w[0] + x[i-1] w[1], the kernel stored as w[0], w[1], w[2]."""
	padded = np.concatenate([[0.0], x, [0.0]])
	return padded[2:] * w[0] + padded[1:-1] * w[1] + padded[:-2] * w[2]


def conv1d_backward(dy, x, w):
	"""Each y[i] gives dy[i] times what it was multiplied with."""
	dx = np.zeros(len(x))
	dw = np.zeros(3)
	for i in range(len(x)):
		for k in (-1, 0, 1):
			if 0 <= i - k < len(x):
				dx[i - k] += dy[i] * w[k + 1]
				dw[k + 1] += dy[i] * x[i - k]
	return dx, dw

if 0:
        def eight(x):
                return x
else:
  def two(x):
     return x
