#!/usr/bin/env python
# coding: utf-8

# # Handin 2 - neural net

# In[1]:

import time

import numpy as np
# get_ipython().run_line_magic('matplotlib', 'inline')

EPS = 1e-12
SEED = 2018
np.random.seed(SEED)


# In[2]:

def one_in_k_encoding(vec, k):
    """One-hot rows."""
    n = len(vec)
    enc = np.zeros((n, k))
    enc[np.arange(n), vec] = 1
    return enc


print(one_in_k_encoding(np.array([0, 2, 1]), 3))


# In[3]: first try, overflows :-(

def softmax(X):
    e = np.exp(X)
    return e / np.sum(e, axis=1).reshape(-1, 1)


X_try = np.random.randn(4, 3)
print(softmax(X_try).sum(axis=1))
print(softmax(np.array([[1000.0, 0.0]])))   # nan


# In[4]: second try

def softmax(X):
    m = np.max(X, axis=1).reshape(-1, 1)
    log_sum = np.log(np.sum(np.exp(X - m), axis=1)).reshape(-1, 1) + m
    return np.exp(X - log_sum)


assert np.allclose(softmax(np.array([[1000.0, 1000.0]])), 0.5)


# In[5]:

def relu(x):
    return x * (x > 0)


def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size))
    return {'W1': W1, 'b1': np.zeros((1, hidden_size)), 'W2': W2, 'b2': np.zeros((1, output_size))}


def forward(X, params):
    z1 = np.dot(X, params['W1']) + params['b1']
    a1 = relu(z1)
    z2 = np.dot(a1, params['W2']) + params['b2']
    return z1, a1, z2


# In[6]: version without regularization (kept, exercise 1)

def cost_only(X, y, params):
    p = softmax(forward(X, params)[2])
    return -np.mean(np.log(p[np.arange(len(y)), y]))


# In[7]:

class NetClassifier():

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        z1, a1, z2 = forward(X, params)
        return softmax(z2).argmax(axis=1)

    def score(self, X, y, params=None):
        return np.sum(self.predict(X, params) == y) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1 = params['W1']
        W2 = params['W2']
        n = X.shape[0]
        labels = one_in_k_encoding(y, W2.shape[1])
        # forward pass
        z1, a1, z2 = forward(X, params)
        yy = softmax(z2)
        # cost
        data_cost = -np.sum(labels * np.log(np.maximum(yy, EPS))) / n
        reg_cost = reg * (np.sum(W1 ** 2) + np.sum(W2 ** 2))
        cost = data_cost + reg_cost
        # backward pass
        delta2 = yy - labels
        d_w2 = np.dot(a1.T, delta2) / n + 2 * reg * W2
        d_b2 = np.mean(delta2, axis=0, keepdims=True)
        delta1 = np.dot(delta2, W2.T)
        delta1[z1 <= 0] = 0
        d_w1 = np.dot(X.T, delta1) / n + 2 * reg * W1
        d_b1 = np.mean(delta1, axis=0, keepdims=True)
        return cost, {'d_w1': d_w1, 'd_w2': d_w2, 'd_b1': d_b1, 'd_b2': d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params['W1'] * 1.0
        b1 = init_params['b1'] * 1.0
        W2 = init_params['W2'] * 1.0
        b2 = init_params['b2'] * 1.0
        self.history = {'train_loss': [], 'train_acc': [], 'val_loss': [], 'val_acc': []}
        n = len(X_train)
        for epoch in range(epochs):
            perm = np.arange(n)
            np.random.shuffle(perm)
            Xs = X_train[perm]
            ys = y_train[perm]
            i = 0
            while i < n:
                xb = Xs[i:i + batch_size]
                yb = ys[i:i + batch_size]
                params = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
                cost, grads = self.cost_grad(xb, yb, params, reg=reg)
                W1 -= lr * grads['d_w1']
                b1 -= lr * grads['d_b1']
                W2 -= lr * grads['d_w2']
                b2 -= lr * grads['d_b2']
                i += batch_size
            self.params = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
            train_loss, _ = self.cost_grad(X_train, y_train, self.params, reg)
            val_loss, _ = self.cost_grad(X_val, y_val, self.params, reg)
            self.history['train_loss'].append(train_loss)
            self.history['val_loss'].append(val_loss)
            self.history['train_acc'].append(self.score(X_train, y_train))
            self.history['val_acc'].append(self.score(X_val, y_val))


# In[8]: gradient check

X_try = np.random.randn(7, 6)
y_try = np.random.randint(0, 4, 7)
p_try = get_init_params(6, 5, 4)
c0, g0 = NetClassifier.cost_grad(X_try, y_try, p_try, reg=0.1)
h = 1e-6
p_try['W1'][2, 3] += h
c1, _ = NetClassifier.cost_grad(X_try, y_try, p_try, reg=0.1)
print((c1 - c0) / h, g0['d_w1'][2, 3])
assert abs((c1 - c0) / h - g0['d_w1'][2, 3]) < 1e-4


# In[9]:

t0 = time.time()
net = NetClassifier()
net.fit(X_try, y_try, X_try, y_try, get_init_params(6, 5, 4), batch_size=3, epochs=4)
print(net.history, time.time() - t0)
