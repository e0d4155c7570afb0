#!/usr/bin/env python
# coding: utf-8

# # ECE 544NA — Assignment 2, Part I
#
# [TOC]

# In[1]:


get_ipython().system('pip install numpy matplotlib')
get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().run_line_magic('config', "InlineBackend.figure_format = 'retina'")
import numpy as np
import matplotlib.pyplot as plt
from IPython.display import display, Markdown, HTML


# In[2]:


get_ipython().run_cell_magic('javascript', '', 'IPython.OutputArea.prototype._should_scroll = function(lines) { return false; }\n')


# ## 1. Softmax
# $\frac{\partial p_k}{\partial z_j} = p_k(\delta_{kj} - p_j)$

# In[15]:


def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - np.max(z))
    return e / np.sum(e)

def softmax_jacobian(z):
    p = softmax(z).reshape(-1, 1)
    return np.diagflat(p) - p @ p.T

display(Markdown("**Jacobian** of $[1,2,3]$"), softmax_jacobian([1., 2., 3.]))


# ## 2. NLL

# In[17]:


def nll(yhat, y):
    """total, not mean"""
    return -np.log(np.take_along_axis(yhat, y[:, None], 1)).sum()

def nll_grad(yhat, y):
    hot = np.eye(yhat.shape[1])[y]
    return -hot / yhat


# ## 3. Average pooling

# In[18]:


def avg_pool1d(x, W):
    return np.convolve(x, np.full(W, 1 / W), mode="valid")

def avg_pool1d_backward(dy, n, W):
    dx = np.convolve(dy, np.full(W, 1 / W), mode="full")
    assert dx.shape == (n,)
    return dx


# ## 4. Max pooling

# In[21]:


def max_pool1d(x, W):
    return np.lib.stride_tricks.sliding_window_view(x, W).max(axis=-1)

def max_pool1d_backward(dy, x, W):
    where = np.lib.stride_tricks.sliding_window_view(x, W).argmax(axis=-1) + np.arange(len(dy))
    return np.bincount(where, weights=dy, minlength=len(x))

get_ipython().run_line_magic('timeit', 'max_pool1d(np.random.randn(1000), 5)')


# ## 5. Convolution

# In[24]:


def conv1d(x, w):
    return np.convolve(x, w, "same")

def conv1d_backward(dy, x, w):
    dx = np.correlate(dy, w, "same")
    xp = np.pad(x, 1)
    dw = np.array([dy @ xp[2:], dy @ xp[1:-1], dy @ xp[:-2]])
    return dx, dw


# In[25]:


fig, ax = plt.subplots(figsize=(8, 3))
ax.stem(conv1d(np.sin(np.linspace(0, 9, 60)), np.array([.25, .5, .25])));


# In[ ]:





