#!/usr/bin/env python
# coding: utf-8

# # ECE 544 - MP2, part II

# In[1]:


# %matplotlib inline
import numpy as np

LR = 0.1
GAMMA = 0.9
N_HIDDEN = 32
K = 10


# In[2]:


def relu(z): return z * (z > 0)
def sigmoid(z): return np.where(z < 0, np.exp(np.minimum(z, 0)), 1.0) / (1.0 + np.exp(-np.abs(z)))
def tanh(z): return np.tanh(z)
def d_relu(z, a): return (z > 0).astype(float)
def d_sigmoid(z, a): return a - a * a
def d_tanh(z, a): return (1 - a) * (1 + a)


FUNCS = {}


def pick(act):
    if act == 'relu':
        return relu, d_relu
    elif act == 'sigmoid':
        return sigmoid, d_sigmoid
    elif act == 'tanh':
        return tanh, d_tanh
    raise ValueError(act)


# In[3]:


# first with one hidden layer only
def forward(X, params, act):
    f, _ = pick(act)
    z1 = X @ params['W1'] + params['b1']
    a1 = f(z1)
    z2 = a1 @ params['W2'] + params['b2']
    e = np.exp(z2)
    return e / e.sum(1, keepdims=True), (X, z1, a1)


# In[4]:


rng0 = np.random.default_rng(0)
p0 = {'W1': rng0.normal(size=(3, 4)), 'b1': np.zeros((1, 4)), 'W2': rng0.normal(size=(4, 2)), 'b2': np.zeros((1, 2))}
x0 = rng0.normal(size=(5, 3))
old, _c = forward(x0, p0, 'tanh')
print(old)


# any depth now

# In[6]:


def softmax(s):
    s = s - s.max(1, keepdims=True)
    np.exp(s, out=s)
    s /= s.sum(1, keepdims=True)
    return s


def forward(X, params, act):
    f, df = pick(act)
    n_layers = len(params) // 2
    cache = []
    a = X
    for i in range(1, n_layers):
        z = a @ params['W%d' % i] + params['b%d' % i]
        cache.append({'in': a, 'W': params['W%d' % i], 'z': z})
        a = f(z)
        cache[-1]['slope'] = df(z, a)
    scores = a @ params['W%d' % n_layers] + params['b%d' % n_layers]
    probs = softmax(scores)
    cache.append({'in': a, 'W': params['W%d' % n_layers], 'probs': probs.copy()})
    return probs, cache


# In[7]:


def backward(cache, T):
    grads = {}
    dz = (cache[-1]['probs'] - T) / T.shape[0]
    n_layers = len(cache)
    for i, layer in reversed(list(enumerate(cache, start=1))):
        grads['W%d' % i] = layer['in'].T @ dz
        grads['b%d' % i] = np.sum(dz, axis=0)[None, :]
        if i > 1:
            da = dz @ layer['W'].T
            dz = da * cache[i - 2]['slope']
    return grads


# In[8]:


new, c0 = forward(x0, p0, 'tanh')
assert np.allclose(old, new)
t0 = np.eye(2)[[0, 1, 1, 0, 1]]
g0 = backward(c0, t0)


def num_grad(key, idx, h=1e-6):
    vals = []
    for s in (h, -h):
        q = {k: v.copy() for k, v in p0.items()}
        q[key][idx] += s
        pr, _c = forward(x0, q, 'tanh')
        vals.append(-np.mean(np.sum(t0 * np.log(pr), axis=1)))
    return (vals[0] - vals[1]) / (2 * h)


for key in p0:
    assert abs(num_grad(key, (0, 1)) - g0[key][0, 1]) < 1e-6
print('gradients ok')


# In[9]:


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[0], axis=1)


def confusion_matrix(y, yhat, K):
    cm = np.zeros((K, K))
    np.add.at(cm, (y, yhat), 1)
    return cm


# In[10]:


def init_params(sizes, act, rng):
    params = {}
    for i, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), 1):
        var = 2.0 / n_in if act == 'relu' else 2.0 / (n_in + n_out)
        params['W%d' % i] = rng.normal(scale=var ** 0.5, size=(n_in, n_out))
        params['b%d' % i] = np.zeros((1, n_out))
    return params


def accuracy(X, y, params, act):
    return np.mean(predict(X, params, act) == y)


# In[11]:


# plain SGD, without momentum. Slow, see next cell.
def train(X, y, Xv, yv, hidden, act, rng, lr=LR, momentum=0.0, batch_size=32, epochs=30):
    params = init_params((X.shape[1], hidden, K), act, rng)
    for epoch in range(epochs):
        idx = rng.permutation(len(X))
        for s in range(0, len(X), batch_size):
            b = idx[s:s + batch_size]
            g = backward(forward(X[b], params, act)[1], np.eye(K)[y[b]])
            for k in params:
                params[k] = params[k] - lr * g[k]
        print(epoch, accuracy(Xv, yv, params, act))
    return params


# In[14]:


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    n_classes = 1 + int(np.max(np.concatenate([y, yv])))
    sizes = (X.shape[1],) + tuple(np.atleast_1d(hidden)) + (n_classes,)
    params = init_params(sizes, act, rng)
    v = {k: 0.0 * params[k] for k in params}
    onehot = np.eye(n_classes)
    for epoch in range(epochs):
        # shuffle X and y together
        perm = rng.permutation(X.shape[0])
        Xs, ys = X[perm], y[perm]
        n_batches = int(np.ceil(X.shape[0] / batch_size))
        for b in range(n_batches):
            sl = slice(b * batch_size, (b + 1) * batch_size)
            _, cache = forward(Xs[sl], params, act)
            grads = backward(cache, onehot[ys[sl]])
            for k in params:
                v[k] = momentum * v[k] + lr * grads[k]
                params[k] = params[k] - v[k]
    return params


# In[15]:


Xt = rng0.normal(size=(60, 2))
yt = (Xt[:, 0] * Xt[:, 1] > 0).astype(int)
ptoy = train(Xt, yt, Xt, yt, (8, 5), 'tanh', np.random.default_rng(1), epochs=60)
print('toy accuracy', accuracy(Xt, yt, ptoy, 'tanh'))
print(confusion_matrix(yt, predict(Xt, ptoy, 'tanh'), 2))


# In[20]:


# part III, did not get further than the layer
def tdnn1d(x, w, b):
    V = x.shape[2] - w.shape[2] + 1
    out = np.stack([np.tensordot(x[:, :, t:t + w.shape[2]], w, axes=([1, 2], [1, 2])) for t in range(V)], axis=2)
    return out + np.reshape(b, (1, -1, 1))


def tdnn1d_backward(dout, x, w):
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    width = w.shape[2]
    for t in range(dout.shape[2]):
        g = dout[:, :, t]
        dx[:, :, t:t + width] += np.tensordot(g, w, axes=1)
        dw += np.tensordot(g.T, x[:, :, t:t + width], axes=1)
    return dx, dw, dout.sum(2).sum(0)
