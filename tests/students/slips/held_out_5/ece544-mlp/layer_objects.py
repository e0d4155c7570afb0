import numpy as np


class Dense:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x.dot(self.W) + self.b

    def backward(self, dout):
        self.dW = self.x.T.dot(dout)
        self.db = dout.sum(axis=0).reshape(1, -1)
        return dout.dot(self.W.T)


class ReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class Sigmoid:
    def forward(self, x):
        self.y = 0.5 * (1 + np.tanh(0.5 * x))
        return self.y

    def backward(self, dout):
        return dout * self.y * (1 - self.y)


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, dout):
        return dout * (1 - self.y * self.y)


ACTS = {"relu": ReLU, "sigmoid": Sigmoid, "tanh": Tanh}


class SoftmaxNLL:
    def forward(self, z):
        z = z - np.max(z, axis=1, keepdims=True)
        self.p = np.exp(z)
        self.p /= np.sum(self.p, axis=1, keepdims=True)
        return self.p

    def backward(self, T):
        return (self.p - T) / T.shape[0]


def build(params, act):
    layers = []
    L = len(params) // 2
    for i in range(1, L + 1):
        layers.append(Dense(params["W%d" % i], params["b%d" % i]))
        if i != L:
            layers.append(ACTS[act]())
    layers.append(SoftmaxNLL())
    return layers


def forward(X, params, act):
    layers = build(params, act)
    h = X
    for layer in layers:
        h = layer.forward(h)
    return h, layers


def backward(cache, T):
    grads = {}
    d = T
    i = sum(isinstance(l, Dense) for l in cache)
    for layer in reversed(cache):
        d = layer.backward(d)
        if isinstance(layer, Dense):
            grads["W%d" % i] = layer.dW
            grads["b%d" % i] = layer.db
            i -= 1
    return grads


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y, yhat, K):
    M = np.zeros((K, K))
    for k in range(K):
        for l in range(K):
            M[k, l] = np.sum((y == k) & (yhat == l))
    return M


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if isinstance(hidden, (int, np.integer)):
        hidden = [hidden]
    dims = [X.shape[1]] + list(hidden) + [max(np.max(y), np.max(yv)) + 1]
    params = {}
    vel = {}
    for i in range(1, len(dims)):
        fan_in = dims[i - 1]
        fan_out = dims[i]
        std = np.sqrt(2.0 / fan_in) if act == "relu" else np.sqrt(2.0 / (fan_in + fan_out))
        params["W%d" % i] = rng.normal(size=(fan_in, fan_out)) * std
        params["b%d" % i] = np.zeros((1, fan_out))
        vel["W%d" % i] = np.zeros((fan_in, fan_out))
        vel["b%d" % i] = np.zeros((1, fan_out))
    T = np.zeros((len(y), dims[-1]))
    T[np.arange(len(y)), y] = 1
    N = X.shape[0]
    for epoch in range(epochs):
        perm = rng.permutation(N)
        Xs, Ts = X[perm], T[perm]
        for k in range(0, N, batch_size):
            xb = Xs[k:k + batch_size]
            tb = Ts[k:k + batch_size]
            _, cache = forward(xb, params, act)
            g = backward(cache, tb)
            for name in params:
                vel[name] = momentum * vel[name] + lr * g[name]
                params[name] = params[name] - vel[name]
    return params
