from functools import reduce, partial
import numpy as np

def onehot(y, k):
    return np.eye(k)[np.asarray(y, dtype=np.int64)]

def log_softmax(Z):
    # logaddexp is stable by itself, no max needed
    return Z - np.logaddexp.reduce(Z, axis=1)[:, None]

def softmax_loss(Z, y):
    return -np.sum(onehot(y, Z.shape[1]) * log_softmax(Z)) / Z.shape[0]

def chunks(X, y, batch):
    cuts = np.arange(batch, len(X), batch)
    return zip(np.split(X, cuts), np.split(y, cuts))

def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    def step(th, xy):
        x, t = xy
        err = np.exp(log_softmax(x.dot(th))) - onehot(t, th.shape[1])
        th += -lr * x.T.dot(err) / x.shape[0]
        return th
    reduce(step, chunks(X, y, batch), theta)

def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    relu = partial(np.clip, a_min=0, a_max=None)
    for x, t in chunks(X, y, batch):
        z = x.dot(W1)
        a = relu(z)
        err = (np.exp(log_softmax(a.dot(W2))) - onehot(t, W2.shape[1])) / len(x)
        dW2 = a.T.dot(err)
        dW1 = x.T.dot(err.dot(W2.T) * np.heaviside(z, 0))
        W2 += -lr * dW2
        W1 += -lr * dW1
