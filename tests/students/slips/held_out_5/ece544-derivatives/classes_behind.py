import numpy as np

# I wrote these as layers first and only wrapped them for the submission.

class Layer:
    def forward(self, x): ...
    def backward(self, d): ...

class AvgPool(Layer):
    def __init__(self, W): self.W = W
    def forward(self, x):
        self.n = x.shape[0]
        out = np.zeros(self.n - self.W + 1)
        for k in range(self.W):
            out += x[k:k + out.shape[0]]
        return out / self.W
    def backward(self, d):
        dx = np.zeros(self.n)
        for k in range(self.W):
            dx[k:k + d.shape[0]] += d
        return dx / self.W

class MaxPool(Layer):
    def __init__(self, W): self.W = W
    def forward(self, x):
        self.x = x
        self.arg = [i + int(np.argmax(x[i:i + self.W])) for i in range(x.shape[0] - self.W + 1)]
        return x[self.arg]
    def backward(self, d):
        dx = np.zeros(self.x.shape[0])
        for a, g in zip(self.arg, d):
            dx[a] += g
        return dx

class Conv(Layer):
    def __init__(self, w): self.w = w
    def forward(self, x):
        self.cols = np.stack([np.append(x[1:], 0), x, np.insert(x[:-1], 0, 0)], axis=1)
        return self.cols @ self.w
    def backward(self, d):
        self.dw = self.cols.T @ d
        dcols = np.outer(d, self.w)
        dx = dcols[:, 1].copy()
        dx[1:] += dcols[:-1, 0]
        dx[:-1] += dcols[1:, 2]
        return dx

def softmax_jacobian(z):
    e = np.exp(z - np.max(z))
    p = e / np.sum(e)
    I = np.eye(p.shape[0])
    return np.array([[p[k] * (I[k, j] - p[j]) for j in range(p.shape[0])] for k in range(p.shape[0])])

def nll(yhat, y):
    return np.log(1.0 / yhat[np.arange(y.size), y]).sum()

def nll_grad(yhat, y):
    g = np.zeros(yhat.shape); r = np.arange(y.size)
    g[r, y] = -np.power(yhat[r, y], -1.0)
    return g

def avg_pool1d(x, W):
    return AvgPool(W).forward(x)

def avg_pool1d_backward(dy, n, W):
    layer = AvgPool(W)
    layer.forward(np.zeros(n))
    return layer.backward(dy)

def max_pool1d(x, W):
    return MaxPool(W).forward(x)

def max_pool1d_backward(dy, x, W):
    layer = MaxPool(W)
    layer.forward(x)
    return layer.backward(dy)

def conv1d(x, w):
    return Conv(w).forward(x)

def conv1d_backward(dy, x, w):
    layer = Conv(w)
    layer.forward(x)
    dx = layer.backward(dy)
    return dx, layer.dw
