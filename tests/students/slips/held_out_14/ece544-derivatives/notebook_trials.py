#!/usr/bin/env python
# coding: utf-8

# In[1]:


import numpy as np
# %matplotlib notebook
# import matplotlib.pyplot as plt

np.random.seed(544)
TOL = 1e-9
H = 1e-6


# ## Q1 softmax

# In[2]:


def softmax(z):
    ez = np.exp(z - np.max(z))
    return ez / ez.sum()


def softmax_jacobian(z):
    # attempt 1, fill both triangles
    p = softmax(z)
    J = np.zeros((len(z), len(z)))
    for k in range(len(z)):
        for j in range(k):
            J[k, j] = J[j, k] = -p[k] * p[j]
        J[k, k] = p[k] * (1 - p[k])
    return J


# In[3]:


z = np.random.randn(4)
print(softmax_jacobian(z).sum(axis=1))


# In[4]:


# attempt 2, no loop. (broadcast: p down the rows, p across the columns)
def softmax_jacobian(z):
    p = softmax(np.array(z, dtype=float))
    J = -p[:, None] * p[None, :]
    J[np.diag_indices(p.size)] += p
    return J


# In[5]:


Jn = np.zeros((4, 4))
for j in range(4):
    e = np.zeros(4)
    e[j] = H
    Jn[:, j] = (softmax(z + e) - softmax(z - e)) / (2 * H)
assert np.allclose(Jn, softmax_jacobian(z))


# ## Q2 likelihood

# In[6]:


def nll(yhat, y):
    picked = np.take_along_axis(yhat, np.reshape(y, (-1, 1)), axis=1)
    return -np.log(picked).sum()


def nll_grad(yhat, y):
    rows = np.reshape(y, (-1, 1))
    out = np.zeros_like(yhat, dtype=float)
    np.put_along_axis(out, rows, -1.0 / np.take_along_axis(yhat, rows, axis=1), axis=1)
    return out


# In[8]:


P = np.random.rand(5, 3)
P /= P.sum(1, keepdims=True)
yy = np.array([0, 2, 1, 1, 0])
print(nll(P, yy), nll_grad(P, yy))


# ## Q3 pooling

# In[9]:


def windows(x, W):
    idx = np.arange(len(x) - W + 1)[:, None] + np.arange(W)[None, :]
    return x[idx], idx


def avg_pool1d(x, W):
    return windows(x, W)[0].mean(axis=1)


def avg_pool1d_backward(dy, n, W):
    return np.convolve(dy, np.ones(W) / W, mode="full")[:n]


def max_pool1d(x, W):
    return windows(x, W)[0].max(axis=1)


def max_pool1d_backward(dy, x, W):
    # WRONG for overlapping windows (keeps only one), see next cell
    view, idx = windows(x, W)
    dx = np.zeros(len(x))
    dx[idx[np.arange(len(dy)), view.argmax(axis=1)]] = dy
    return dx


# In[10]:


x = np.array([1., 5., 2., -3., 0.])
print(avg_pool1d(x, 3), max_pool1d(x, 3), max_pool1d_backward(np.ones(3), x, 3))


# In[11]:


# np.add.at does not buffer!
def max_pool1d_backward(dy, x, W):
    view, idx = windows(x, W)
    where = idx[np.arange(len(dy)), view.argmax(axis=1)]
    dx = np.zeros(len(x))
    np.add.at(dx, where, dy)
    return dx


# In[12]:


print(max_pool1d_backward(np.ones(3), x, 3))
assert max_pool1d_backward(np.ones(3), x, 3)[1] == 2


# ## Q4 convolution

# In[13]:


def conv1d(x, w):
    left = np.append(x[1:], 0)     # x[i+1]
    right = np.append(0, x[:-1])   # x[i-1]
    return left * w[0] + x * w[1] + right * w[2]


def conv1d_backward(dy, x, w):
    left = np.append(x[1:], 0)
    right = np.append(0, x[:-1])
    dw = np.array([dy @ left, dy @ x, dy @ right])
    # the transpose of a shift is the shift the other way
    dx = np.append(0, dy[:-1]) * w[0]
    dx += dy * w[1]
    dx += np.append(dy[1:], 0) * w[2]
    return dx, dw


# In[14]:


w = np.array([.5, -1., 2.])
assert np.allclose(conv1d(x, w), np.convolve(x, w, "same"))
dy = np.random.randn(5)
dx, dw = conv1d_backward(dy, x, w)
num = [(dy @ (conv1d(x, w + H * e) - conv1d(x, w - H * e))) / (2 * H) for e in np.eye(3)]
assert np.allclose(num, dw, atol=1e-6)
num = [(dy @ (conv1d(x + H * e, w) - conv1d(x - H * e, w))) / (2 * H) for e in np.eye(5)]
assert np.allclose(num, dx, atol=1e-6)
print("all good")
