#!/usr/bin/env python
# coding: utf-8

# # MP2, part I
# 
# Names: Jane Doe

# In[1]:


get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().system('pip install numpy')
get_ipython().run_line_magic('config', "InlineBackend.figure_format = 'retina'")
import numpy as np
import matplotlib.pyplot as plt
plt.rcParams['figure.figsize'] = (10, 8)


# In[2]:


def softmax_jacobian(z):
    """J[k, j] = dp[k] / dz[j] = p[k] (1[k = j] - p[j])."""
    e = np.exp(z - z.max())
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


# In[7]:


get_ipython().run_cell_magic('time', '', 'J = softmax_jacobian(np.array([1., 2., 3.]))\n')
files = get_ipython().getoutput('ls -l')
J


# In[ ]:





# $$-\sum_i \log \hat y_i$$

# In[12]:


def nll(yhat, y):
    """Minus the logarithm of each label's probability, summed over the batch."""
    return -np.sum(np.log(yhat[np.arange(len(y)), y]))


def nll_grad(yhat, y):
    """-1 / yhat at each label, 0 elsewhere."""
    grad = np.zeros(yhat.shape)
    rows = np.arange(len(y))
    grad[rows, y] = -1 / yhat[rows, y]
    return grad

nll(np.ones((2, 2)) / 2, np.array([0, 1]))


# In[13]:


def avg_pool1d(x, W):
    """The mean of each of the n - W + 1 windows."""
    return np.array([np.mean(x[i : i + W]) for i in range(len(x) - W + 1)])


def avg_pool1d_backward(dy, n, W):
    """Each entry of a window gets dy / W of it."""
    dx = np.zeros(n)
    for i in range(n - W + 1):
        dx[i : i + W] += dy[i] / W
    return dx
plt.plot(avg_pool1d(np.ones(9), 3)); plt.show()


# In[14]:


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


# In[15]:


get_ipython().run_cell_magic('javascript', '', 'alert(1)\n')
out = _
print(Out[12], In[1])
