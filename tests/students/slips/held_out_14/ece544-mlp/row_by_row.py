# Perceptron, ECE 544 HW2 part II.  One example after the other, like my C program.
import math
import numpy as np

RELU = 0
SIGMOID = 1
TANH = 2
CODES = {"relu": 0, "sigmoid": 1, "tanh": 2}


def apply_act(z, code):
    vals = z.tolist()
    a = np.zeros(len(vals))
    for h in range(len(vals)):
        v = vals[h]
        if code == RELU:
            if v > 0:
                a[h] = v
        elif code == SIGMOID:
            if v >= 0:
                a[h] = 1.0 / (1.0 + math.exp(-v))
            else:
                e = math.exp(v)
                a[h] = e / (1.0 + e)
        else:
            a[h] = math.tanh(v)
    return a


def act_slope(z, a, code):
    if code == RELU:
        s = np.zeros(z.shape)
        s[z > 0] = 1.0
        return s
    if code == SIGMOID:
        return a * (1.0 - a)
    return 1.0 - a * a


def softmax_row(z):
    m = z[0]
    for c in range(1, len(z)):
        if z[c] > m:
            m = z[c]
    e = np.exp(z - m)
    return e / np.sum(e)


def forward(X, params, act):
    code = CODES[act]
    L = len(params) // 2
    Ws = []
    bs = []
    for i in range(1, L + 1):
        Ws.append(np.array(params["W" + str(i)]))
        bs.append(np.reshape(np.array(params["b" + str(i)]), (-1,)))
    N = X.shape[0]
    C = Ws[L - 1].shape[1]
    probs = np.zeros((N, C))
    memory = []
    for n in range(N):
        a = np.array(X[n, :])
        acts = [a]
        pres = []
        for i in range(L):
            z = np.dot(a, Ws[i]) + bs[i]
            pres.append(z)
            if i < L - 1:
                a = apply_act(z, code)
                acts.append(a)
        probs[n, :] = softmax_row(pres[L - 1])
        memory.append((acts, pres))
    cache = (memory, probs.copy(), Ws, bs, code)
    return probs, cache


def backward(cache, T):
    memory, probs, Ws, bs, code = cache
    L = len(Ws)
    N = T.shape[0]
    gW = []
    gb = []
    for i in range(L):
        gW.append(np.zeros(Ws[i].shape))
        gb.append(np.zeros(bs[i].shape))
    for n in range(N):
        acts = memory[n][0]
        pres = memory[n][1]
        d = (probs[n, :] - T[n, :]) / N
        i = L - 1
        while i >= 0:
            gW[i] += np.outer(acts[i], d)
            gb[i] += d
            if i > 0:
                back = np.dot(Ws[i], d)
                d = back * act_slope(pres[i - 1], acts[i], code)
            i = i - 1
    grads = {}
    for i in range(L):
        grads["W" + str(i + 1)] = gW[i]
        grads["b" + str(i + 1)] = np.reshape(gb[i], (1, -1))
    return grads


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    N = probs.shape[0]
    out = np.zeros(N, dtype=int)
    for n in range(N):
        best = 0
        for c in range(1, probs.shape[1]):
            if probs[n, c] > probs[n, best]:
                best = c
        out[n] = best
    return out


def confusion_matrix(y, yhat, K):
    M = np.zeros(K * K, dtype=int)
    for n in range(len(y)):
        M[int(y[n]) * K + int(yhat[n])] += 1
    return np.reshape(M, (K, K))


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N = X.shape[0]
    # number of classes
    K = 0
    for n in range(len(y)):
        if y[n] + 1 > K:
            K = int(y[n]) + 1
    for n in range(len(yv)):
        if yv[n] + 1 > K:
            K = int(yv[n]) + 1
    # sizes of the layers
    sizes = [X.shape[1]]
    if np.ndim(hidden) == 0:
        sizes.append(int(hidden))
    else:
        for h in hidden:
            sizes.append(int(h))
    sizes.append(K)
    L = len(sizes) - 1
    params = {}
    vel = {}
    for i in range(1, L + 1):
        nin = sizes[i - 1]
        nout = sizes[i]
        if act == "relu":
            dev = math.sqrt(2.0 / nin)
        else:
            dev = math.sqrt(2.0 / (nin + nout))
        params["W" + str(i)] = dev * rng.standard_normal((nin, nout))
        params["b" + str(i)] = np.zeros((1, nout))
        vel["W" + str(i)] = np.zeros((nin, nout))
        vel["b" + str(i)] = np.zeros((1, nout))
    T = np.zeros((N, K))
    for n in range(N):
        T[n, int(y[n])] = 1.0
    order = np.arange(N)
    for ep in range(epochs):
        # Fisher-Yates
        for p in range(N - 1, 0, -1):
            q = int(rng.integers(0, p + 1))
            tmp = order[p]
            order[p] = order[q]
            order[q] = tmp
        start = 0
        while start < N:
            stop = start + batch_size
            if stop > N:
                stop = N
            rows = order[start:stop]
            probs, cache = forward(X[rows, :], params, act)
            grads = backward(cache, T[rows, :])
            for key in params:
                vel[key] = momentum * vel[key] + lr * grads[key]
                params[key] = params[key] - vel[key]
            start = stop
    return params


def tdnn1d(x, w, b):
    N, D, L = x.shape
    H = w.shape[0]
    W = w.shape[2]
    V = L - W + 1
    out = np.zeros((N, H, V))
    for n in range(N):
        for h in range(H):
            for t in range(V):
                s = b[h]
                for k in range(W):
                    s = s + np.dot(w[h, :, k], x[n, :, t + k])
                out[n, h, t] = s
    return out


def tdnn1d_backward(dout, x, w):
    N, D, L = x.shape
    H = w.shape[0]
    W = w.shape[2]
    V = dout.shape[2]
    dx = np.zeros((N, D, L))
    dw = np.zeros((H, D, W))
    db = np.zeros(H)
    for n in range(N):
        for h in range(H):
            for t in range(V):
                g = dout[n, h, t]
                db[h] = db[h] + g
                for k in range(W):
                    dx[n, :, t + k] = dx[n, :, t + k] + g * w[h, :, k]
                    dw[h, :, k] = dw[h, :, k] + g * x[n, :, t + k]
    return dx, dw, db
