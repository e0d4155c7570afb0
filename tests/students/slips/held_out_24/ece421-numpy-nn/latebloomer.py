import numpy as np


def relu(x):
    # out = np.vectorize(lambda v: v if v > 0 else 0)(x)
    out = np.zeros(x.shape)
    for i in range(x.shape[0]):
        row = x[i]
        out[i, row > 0] = row[row > 0]
    return out


def softmax(logits):
    N = logits.shape[0]
    probs = np.zeros(logits.shape)
    for i in range(N):
        m = np.max(logits[i])
        e = np.exp(logits[i] - m)
        total = 0
        for v in e:
            total += v
        probs[i] = e / total
    # assert np.allclose(probs.sum(1), 1)
    return probs


def compute_layer(x, w, b):
    out = np.dot(x, w)
    for i in range(out.shape[0]):
        out[i] = out[i] + np.ravel(b)
    return out


def average_ce(target, prediction):
    N, C = target.shape
    loss = 0
    for i in range(N):
        for j in range(C):
            if target[i, j] > 0:
                loss -= target[i, j] * np.log(prediction[i, j])
    return loss / N


def grad_ce(target, logits):
    N = target.shape[0]
    p = softmax(logits)
    g = np.zeros(p.shape)
    for i in range(N):
        # g[i] = -target[i] / p[i]     <- 2019 version
        g[i] = p[i] - target[i]
    g = g / N
    return g


def forward_prop(x, w_h, b_h, w_o, b_o):
    N = x.shape[0]
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    N = x.shape[0]
    H = w_h.shape[1]
    C = w_o.shape[1]
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)

    dW_o = np.zeros((H, C))
    db_o = np.zeros((1, C))
    for i in range(N):
        for c in range(C):
            dW_o[:, c] += a_h[i] * d_o[i, c]
        db_o[0] += d_o[i]

    # d_h = np.zeros((N, H))
    # for i in range(N):
    #     for h in range(H):
    #         d_h[i, h] = sum(d_o[i, c] * w_o[h, c] for c in range(C))
    d_h = np.dot(d_o, w_o.T)
    for i in range(N):
        for h in range(H):
            if z_h[i, h] <= 0:
                d_h[i, h] = 0

    dW_h = x.T.dot(d_h)
    db_h = np.zeros((1, H))
    for h in range(H):
        db_h[0, h] = sum(d_h[:, h])
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    D = x.shape[1]
    C = t.shape[1]
    rng = np.random.default_rng(seed)
    w_h = rng.normal(0, np.sqrt(2 / (D + hidden)), (D, hidden))
    b_h = np.zeros((1, hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + C)), (hidden, C))
    b_o = np.zeros((1, C))
    v_w_h = np.zeros((D, hidden))
    v_b_h = np.zeros((1, hidden))
    v_w_o = np.zeros((hidden, C))
    v_b_o = np.zeros((1, C))
    N = x.shape[0]
    best = None
    for epoch in range(epochs):
        # the loop version of backward_prop is too slow for 200 epochs of digits
        z_h = x.dot(w_h) + b_h
        a_h = np.maximum(z_h, 0)
        z_o = a_h.dot(w_o) + b_o
        z_o = z_o - z_o.max(axis=1).reshape(-1, 1)
        e = np.exp(z_o)
        p = e / e.sum(axis=1).reshape(-1, 1)
        d_o = (p - t) / N
        d_h = d_o.dot(w_o.T) * (z_h > 0)
        dW_o = a_h.T.dot(d_o)
        db_o = np.sum(d_o, axis=0, keepdims=True)
        dW_h = x.T.dot(d_h)
        db_h = np.sum(d_h, axis=0, keepdims=True)

        v_w_h = gamma * v_w_h + lr * dW_h
        v_b_h = gamma * v_b_h + lr * db_h
        v_w_o = gamma * v_w_o + lr * dW_o
        v_b_o = gamma * v_b_o + lr * db_o
        w_h = w_h - v_w_h
        b_h = b_h - v_b_h
        w_o = w_o - v_w_o
        b_o = b_o - v_b_o
        # if epoch % 20 == 0: print(epoch, average_ce(t, p))
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
