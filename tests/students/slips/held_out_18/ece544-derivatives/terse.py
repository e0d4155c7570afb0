import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as sw

sm = lambda z: (e := np.exp(z - z.max())) / e.sum()
softmax_jacobian = lambda z: (p := sm(z))[:, None] * (np.eye(len(z)) - p)
nll = lambda yhat, y: -np.log(yhat[np.r_[: len(y)], y]).sum()
nll_grad = lambda yhat, y: np.where(y[:, None] == np.r_[: yhat.shape[1]], -1 / yhat, 0.0)
avg_pool1d = lambda x, W: np.diff(np.r_[0.0, x.cumsum()][[np.r_[: len(x) - W + 1], np.r_[W : len(x) + 1]]], axis=0)[0] / W
avg_pool1d_backward = lambda dy, n, W: np.convolve(dy, np.ones(W) / W)
max_pool1d = lambda x, W: sw(x, W).max(1)
max_pool1d_backward = lambda dy, x, W: np.bincount(np.r_[: len(dy)] + sw(x, W).argmax(1), dy, len(x))
conv1d = lambda x, w: np.r_[x[1:], 0] * w[0] + x * w[1] + np.r_[0, x[:-1]] * w[2]
conv1d_backward = lambda dy, x, w: (conv1d(dy, w[::-1]), np.r_[dy[:-1] @ x[1:], dy @ x, dy[1:] @ x[:-1]])
