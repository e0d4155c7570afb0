# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # HW0 — “smart” quotes, a zero​width​space and a non-breaking one

# %%
# %matplotlib inline
# %load_ext autoreload
# !pip install numdifftools
import numpy as np
import struct, gzip

# %% [markdown]
r"""
## Questions \alpha
"""

# %% tags=["parameters"]
EPOCHS, LR = 10, .2
SEED = 0

# %%
rng = np.random.default_rng(SEED)
def add(x, y):
    return x + y
    
def parse_mnist(image_filename, label_filename):
    with gzip.open(image_filename) as f:
        _, n, r, c = struct.unpack(">4I", f.read(16))
        return np.frombuffer(f.read(), np.uint8).reshape(n, r * c).astype(np.float32) / 255

# %% {"slideshow": {"slide_type": "slide"}}
def softmax(Z):
    """Rows of probabilities."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% name="loss" # ‘it’s’ right
def softmax_loss(Z, y):
    """Z (N, C) logits, y (N,) labels -> the average softmax loss."""
    top = Z.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(Z - top).sum(axis=1)) + top[:, 0]
    return np.mean(log_sum - Z[np.arange(len(y)), y])

#+
# %% The epochs (1)
def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """One epoch of descent on theta (D, C), in place."""
    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        delta = softmax(x @ theta)
        delta[np.arange(len(x)), labels] -= 1
        theta -= lr * (x.T @ delta) / len(x)
#   ​

# %%
def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """One epoch of descent on W1 (D, H) and W2 (H, C), in place."""
    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        a = np.maximum(x @ W1, 0)
        delta = softmax(a @ W2)
        delta[np.arange(len(x)), labels] -= 1
        delta /= len(x)
        back = (delta @ W2.T) * (a > 0)
        W2 -= lr * (a.T @ delta)
        W1 -= lr * (x.T @ back)

# %% language="bash"
# ls -l

# %%
# %%time
W1 = np.random.randn(784, 100)
X, y = np.load("X.npy"), np.load("y.npy")
for _ in range(EPOCHS):
    nn_epoch(X, y, W1, np.random.randn(100, 10))
