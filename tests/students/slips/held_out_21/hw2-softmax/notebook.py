#!/usr/bin/env python
# coding: utf-8

# # HW2 part 2: softmax classifier

# In[1]:


import time

import numpy as np


# In[2]:


max_epoch = 10
batch_size = 100
learning_rate = 0.01
lamda = 0.5
input_size = 785
class_num = 10


# In[3]:


one_hot_to_num = lambda t: np.argmax(t, axis=1)  # noqa: E731
sq = lambda a: (a * a).sum()  # noqa: E731


# first try, works but slow
# In[4]:


def softmax(scores):
    out = []
    for row in scores:
        e = np.exp(row - max(row))
        out.append(e / sum(e))
    return np.array(out)


# second try, without loops; gives log(p) too because log(p + EPS) was off for tiny p
# In[5]:


def softmax(scores):  # noqa: F811
    s = scores - np.max(scores, axis=1)[:, None]
    e = np.exp(s)
    total = e.sum(axis=1)[:, None]
    return e / total, s - np.log(total)


# In[6]:


# print(softmax(np.array([[1000., 1001.], [3., 3.]])))


# In[7]:


def softmax_classifier(W, input, label, lamda):
    N = input.shape[0]
    scores = np.dot(input, W)
    probs, logp = softmax(scores)
    y = one_hot_to_num(label)

    # loss
    loss = -logp[np.arange(N), y].mean()
    loss += 0.5 * lamda * sq(W)

    # gradient
    dscores = probs.copy()
    dscores[range(N), y] -= 1
    dscores /= N
    gradient = np.dot(input.T, dscores)
    gradient += lamda * W

    prediction = one_hot_to_num(probs)
    return loss, gradient, prediction


# In[8]:


if __name__ == "__main__":
    tic = time.time()
    W = 0.001 * np.random.randn(input_size, class_num)
    X = np.random.rand(batch_size, input_size)
    T = np.eye(class_num)[np.random.randint(class_num, size=batch_size)]
    for epoch in range(max_epoch):
        loss, grad, pred = softmax_classifier(W, X, T, lamda)
        W = W - learning_rate * grad
        print(epoch, loss, (pred == T.argmax(1)).mean(), time.time() - tic)
