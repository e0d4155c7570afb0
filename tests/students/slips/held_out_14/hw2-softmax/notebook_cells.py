# coding: utf-8

# In[1]:


# %matplotlib inline
import numpy as np

np.random.seed(3)
# get_ipython().run_line_magic('load_ext', 'autoreload')


# # Part 2: softmax
# First try, with a loop over samples. Works, but slow and `exp` blows up.

# In[2]:


LAMBDA = 0.5
NUM_CLASSES = 10
EPSILON = 1e-12


def softmax_classifier(W, input, label, lamda=LAMBDA):
    loss = 0
    grad = np.zeros(W.shape)
    pred = []
    for x, t in zip(input, label):
        e = np.exp(x @ W)
        z = e / sum(e)
        loss += -np.log(z[t.argmax()])
        grad += np.outer(x, z - t)
        pred.append(z.argmax())
    return loss / len(input) + lamda * 0.5 * (W ** 2).sum(), grad / len(input) + lamda * W, np.array(pred)


# In[3]:


X_toy = np.random.randn(6, 4)
T_toy = np.eye(3)[[0, 2, 1, 1, 0, 2]]
W_toy = np.random.randn(4, 3)
l0, g0, p0 = softmax_classifier(W_toy, X_toy, T_toy, 0.1)
print(l0, p0)


# OK now vectorised and stable.

# In[4]:


def softmax(scores):
    scores = scores - np.amax(scores, axis=-1, keepdims=True)
    e = np.exp(scores)
    return e / np.sum(e, axis=-1, keepdims=True), scores - np.log(np.sum(e, axis=-1, keepdims=True))


# In[7]:


def softmax_classifier(W, input, label, lamda):
    """
      W: D x C, input: N x D, label: N x C one hot, lamda: regularization strength
    """
    z, logz = softmax(input.dot(W))
    y = label.argmax(axis=1)
    idx = range(input.shape[0])

    # loss: pick the log probability of the right class
    loss = -logz[idx, y].mean()
    loss += lamda * (W * W).sum() / 2

    # gradient: same trick as in the lecture, subtract 1 at the label
    dscores = z.copy()
    dscores[idx, y] -= 1
    dscores /= input.shape[0]
    gradient = input.T.dot(dscores)
    gradient += lamda * W

    prediction = z.argmax(1)
    return loss, gradient, prediction


# In[8]:


l1, g1, p1 = softmax_classifier(W_toy, X_toy, T_toy, 0.1)
assert abs(l1 - l0) < 1e-9 and np.allclose(g0, g1) and (p0 == p1).all()


# In[9]:


# numeric check of one entry
h = 1e-5
Wp = W_toy.copy(); Wp[1, 2] += h
Wm = W_toy.copy(); Wm[1, 2] -= h
num = (softmax_classifier(Wp, X_toy, T_toy, 0.1)[0] - softmax_classifier(Wm, X_toy, T_toy, 0.1)[0]) / (2 * h)
print(num, g1[1, 2])
assert abs(num - g1[1, 2]) < 1e-6


# In[12]:


def train_toy(steps=20):
    W = np.zeros((4, 3))
    for _ in range(steps):
        loss, g, _p = softmax_classifier(W, X_toy, T_toy, 0.0)
        W -= 0.5 * g
    return loss


print(train_toy())
