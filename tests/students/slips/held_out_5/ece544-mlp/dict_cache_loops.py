import numpy as np
import time

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))

def d_sigmoid(a):
    return a * (1.0 - a)

def relu(z):
    return np.maximum(0, z)

def d_relu(z):
    d = np.zeros_like(z)
    d[z > 0] = 1.0
    return d

def tanh(z):
    return np.tanh(z)

def d_tanh(z):
    return 1.0 / np.cosh(np.clip(z, -300, 300)) ** 2

def softmax(z):
    z = z - z.max(axis=1).reshape((-1, 1))
    e = np.exp(z)
    return e / e.sum(axis=1).reshape((-1, 1))

def forward(X, params, act):
    cache = {'A0': X, 'act': act, 'L': len(params) // 2}
    L = cache['L']
    for l in range(1, L + 1):
        Wl = params['W' + str(l)]
        bl = params['b' + str(l)]
        cache['W' + str(l)] = Wl
        cache['Z' + str(l)] = np.dot(cache['A' + str(l - 1)], Wl) + bl
        if l == L:
            cache['A' + str(l)] = softmax(cache['Z' + str(l)])
        elif act == 'relu':
            cache['A' + str(l)] = relu(cache['Z' + str(l)])
        elif act == 'sigmoid':
            cache['A' + str(l)] = sigmoid(cache['Z' + str(l)])
        elif act == 'tanh':
            cache['A' + str(l)] = tanh(cache['Z' + str(l)])
        else:
            raise ValueError('unknown activation ' + act)
    return cache['A' + str(L)], cache

def backward(cache, T):
    L = cache['L']
    N = T.shape[0]
    grads = {}
    dZ = (cache['A' + str(L)] - T) / N
    l = L
    while l > 0:
        grads['W' + str(l)] = np.dot(cache['A' + str(l - 1)].T, dZ)
        grads['b' + str(l)] = np.sum(dZ, axis=0)
        if l > 1:
            dA = np.dot(dZ, cache['W' + str(l)].T)
            if cache['act'] == 'relu':
                dZ = dA * d_relu(cache['Z' + str(l - 1)])
            elif cache['act'] == 'sigmoid':
                dZ = dA * d_sigmoid(cache['A' + str(l - 1)])
            else:
                dZ = dA * d_tanh(cache['Z' + str(l - 1)])
        l = l - 1
    return grads

def predict(X, params, act):
    probs, _ = forward(X, params, act)
    yhat = np.zeros(len(X), dtype=int)
    for i in range(len(X)):
        yhat[i] = np.argmax(probs[i])
    return yhat

def confusion_matrix(y, yhat, K):
    cm = [[0] * K for _ in range(K)]
    for t, p in zip(y, yhat):
        cm[int(t)][int(p)] += 1
    return np.array(cm)

def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    hidden = list(hidden) if hasattr(hidden, '__len__') else [hidden]
    K = int(y.max()) + 1
    if len(yv):
        K = max(K, int(yv.max()) + 1)
    n_units = [X.shape[1]] + hidden + [K]
    params, V = {}, {}
    for l in range(1, len(n_units)):
        params['W' + str(l)] = rng.uniform(-0.5, 0.5, (n_units[l - 1], n_units[l])) * np.sqrt(12 * 2.0 / n_units[l - 1])
        if act != 'relu':
            params['W' + str(l)] = rng.normal(0, np.sqrt(2.0 / (n_units[l - 1] + n_units[l])), (n_units[l - 1], n_units[l]))
        params['b' + str(l)] = np.zeros(n_units[l])
        V['W' + str(l)] = 0
        V['b' + str(l)] = 0
    tic = time.time()
    for ep in range(epochs):
        idx = np.arange(X.shape[0])
        rng.shuffle(idx)
        start = 0
        while start < len(idx):
            batch = idx[start:start + batch_size]
            T = np.zeros((len(batch), K))
            T[np.arange(len(batch)), y[batch]] = 1
            probs, cache = forward(X[batch], params, act)
            grads = backward(cache, T)
            for key in grads:
                V[key] = momentum * V[key] + lr * grads[key]
                params[key] = params[key] - V[key]
            start += batch_size
        if (ep + 1) % 10 == 0:
            print('epoch %d  valid acc %.4f  (%.1fs)' % (ep + 1, np.mean(predict(Xv, params, act) == yv), time.time() - tic))
    return params
