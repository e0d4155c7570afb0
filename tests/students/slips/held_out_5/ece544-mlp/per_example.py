# backprop exactly as in the textbook: one example, delta vectors, averaged at the end
import math
import numpy as np

def act_value(z, act):
    if act == 'relu':
        return np.array([max(0.0, v) for v in z])
    if act == 'tanh':
        return np.array([math.tanh(v) for v in z])
    return np.array([1 / (1 + math.exp(-v)) if v > -700 else 0.0 for v in z])

def act_slope(a, act):
    return {'relu': lambda: (a > 0) * 1.0, 'tanh': lambda: 1 - a * a, 'sigmoid': lambda: a * (1 - a)}[act]()

def forward_one(x, params, act):
    L = len(params) // 2
    a = [x]
    for l in range(1, L + 1):
        z = a[-1] @ params['W%d' % l] + np.ravel(params['b%d' % l])
        a.append(act_value(z, act) if l < L else np.exp(z - z.max()) / np.sum(np.exp(z - z.max())))
    return a

def backward_one(a, t, params, act):
    L = len(params) // 2
    delta = a[L] - t
    out = {}
    for l in range(L, 0, -1):
        out['W%d' % l] = np.outer(a[l - 1], delta)
        out['b%d' % l] = delta[np.newaxis, :]
        if l > 1:
            delta = params['W%d' % l].dot(delta) * act_slope(a[l - 1], act)
    return out

def forward(X, params, act):
    alls = [forward_one(x, params, act) for x in X]
    return np.array([a[-1] for a in alls]), (alls, params, act)

def backward(cache, T):
    alls, params, act = cache
    grads = dict((k, np.zeros((1, np.size(v)) if k[0] == 'b' else v.shape)) for k, v in params.items())
    for a, t in zip(alls, T):
        one = backward_one(a, t, params, act)
        for k in grads:
            grads[k] += one[k] / len(T)
    return grads

def predict(X, params, act):
    return np.array([np.argmax(forward_one(x, params, act)[-1]) for x in X])

def confusion_matrix(y, yhat, K):
    return np.eye(K)[y].T @ np.eye(K)[yhat]

# training needs the fast version
def fast(X, T, params, act):
    L = len(params) // 2
    A = [X]
    for l in range(1, L):
        Z = A[-1] @ params['W%d' % l] + params['b%d' % l]
        A.append(np.maximum(Z, 0) if act == 'relu' else np.tanh(Z) if act == 'tanh' else 1 / (1 + np.exp(-Z)))
    Z = A[-1] @ params['W%d' % L] + params['b%d' % L]
    E = np.exp(Z - Z.max(1, keepdims=True))
    D = (E / E.sum(1, keepdims=True) - T) / len(T)
    G = {}
    for l in range(L, 0, -1):
        G['W%d' % l], G['b%d' % l] = A[l - 1].T @ D, D.sum(0, keepdims=True)
        D = D @ params['W%d' % l].T * act_slope(A[l - 1], act)
    return G

def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    h = [hidden] if np.ndim(hidden) == 0 else list(hidden)
    K = int(max(y.max(), yv.max()) + 1)
    s = [X.shape[1]] + h + [K]
    params = {}
    for l in range(1, len(s)):
        params['W%d' % l] = rng.normal(0, math.sqrt(2 / s[l - 1]) if act == 'relu' else math.sqrt(2 / (s[l - 1] + s[l])), (s[l - 1], s[l]))
        params['b%d' % l] = np.zeros((1, s[l]))
    moving = dict((k, np.zeros(v.shape)) for k, v in params.items())
    for e in range(epochs):
        left = list(rng.permutation(X.shape[0]))
        while len(left) > 0:
            use = left[:batch_size]
            left = left[batch_size:]
            G = fast(X[use], np.eye(K)[y[use]], params, act)
            for k in params:
                moving[k] = momentum * moving[k] + lr * G[k]
                params[k] = params[k] - moving[k]
    return params

def tdnn1d(x, w, b):
    N, D, L = x.shape
    H, _, W = w.shape
    out = np.zeros((N, H, L - W + 1))
    for n in range(N):
        for h in range(H):
            for t in range(L - W + 1):
                out[n, h, t] = b[h] + np.sum(w[h] * x[n][:, t:t + W])
    return out

def tdnn1d_backward(dout, x, w):
    dx = np.zeros(x.shape); dw = np.zeros(w.shape); db = np.zeros(w.shape[0])
    W = w.shape[2]
    for n in range(dout.shape[0]):
        for h in range(dout.shape[1]):
            for t in range(dout.shape[2]):
                g = dout[n, h, t]
                dx[n][:, t:t + W] += g * w[h]
                dw[h] += g * x[n][:, t:t + W]
                db[h] += g
    return dx, dw, db
