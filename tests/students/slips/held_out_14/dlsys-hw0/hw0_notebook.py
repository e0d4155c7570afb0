# coding: utf-8
# In[1]:

# %load_ext autoreload
import gzip
import struct

import numpy as np

DATA = 'data/train-images-idx3-ubyte.gz'
LR = 0.1
BATCH = 100


# In[2]:

def add(x, y):
    return x + y


def parse_mnist(image_filename, label_filename):
    with gzip.open(image_filename, 'rb') as f:
        magic, num, rows, cols = struct.unpack('>4I', f.read(16))
        X = np.frombuffer(f.read(), dtype=np.uint8).reshape(num, rows * cols).astype(np.float32) / 255.0
    with gzip.open(label_filename, 'rb') as f:
        magic, num = struct.unpack('>2I', f.read(8))
        y = np.frombuffer(f.read(), dtype=np.uint8)
    return X, y


assert add(5, 6) == 11
# X_tr, y_tr = parse_mnist(DATA, 'data/train-labels-idx1-ubyte.gz')


# In[3]:

def softmax_loss(Z, y):
    """first version, from the formula"""
    return np.mean(np.log(np.sum(np.exp(Z), axis=1)) - Z[np.arange(Z.shape[0]), y])


print(softmax_loss(np.zeros((10, 10)), np.arange(10)))   # 2.302585


# In[4]: with the shift

def softmax_loss(Z, y):
    Zs = Z - np.max(Z, axis=1)[:, np.newaxis]
    true_logit = Zs[np.arange(Zs.shape[0]), y]
    return np.sum(np.log(np.sum(np.exp(Zs), axis=1)) - true_logit) / Z.shape[0]


assert np.isfinite(softmax_loss(np.array([[1000.0, 0.0]]), np.array([1])))


# In[5]:

def normalize(Z):
    Zs = Z - np.max(Z, axis=1)[:, np.newaxis]
    E = np.exp(Zs)
    return E / np.sum(E, axis=1)[:, np.newaxis]


def softmax_regression_epoch(X, y, theta, lr=LR, batch=BATCH):
    n = X.shape[0]
    for i in range(0, n, batch):
        X_b = X[i:i + batch]
        y_b = y[i:i + batch]
        m = X_b.shape[0]
        Z = normalize(np.dot(X_b, theta))
        I_y = np.zeros(Z.shape)
        I_y[np.arange(m), y_b] = 1
        grad = np.dot(X_b.T, Z - I_y) / m
        theta -= lr * grad


# In[6]: old nn_epoch without batches, was too slow to converge
# def nn_epoch(X, y, W1, W2, lr=0.1):
#     Z1 = np.maximum(X @ W1, 0)
#     ...

def nn_step(X_b, y_b, W1, W2):
    m = X_b.shape[0]
    Z1 = np.dot(X_b, W1)
    Z1[Z1 < 0] = 0
    G2 = normalize(np.dot(Z1, W2))
    G2[np.arange(m), y_b] -= 1
    G1 = np.dot(G2, W2.T)
    G1 = G1 * (Z1 > 0).astype(G1.dtype)
    return np.dot(X_b.T, G1) / m, np.dot(Z1.T, G2) / m


def nn_epoch(X, y, W1, W2, lr=LR, batch=BATCH):
    n = X.shape[0]
    i = 0
    while True:
        grad_W1, grad_W2 = nn_step(X[i:i + batch], y[i:i + batch], W1, W2)
        W1 -= lr * grad_W1
        W2 -= lr * grad_W2
        i += batch
        if i >= n:
            break


# In[7]:

np.random.seed(0)
X_r = np.random.randn(50, 5).astype(np.float32)
y_r = np.random.randint(3, size=(50,)).astype(np.uint8)
Th = np.zeros((5, 3), dtype=np.float32)
for ep in range(3):
    softmax_regression_epoch(X_r, y_r, Th, lr=1.0, batch=20)
    print(ep, softmax_loss(X_r @ Th, y_r))
