import numpy as np


def relu(x):
    rows = []
    for row in x:
        new_row = []
        for v in row:
            # new_row.append(max(0, v))   int 0 -> is that a problem? use 0.0
            new_row.append(max(0.0, v))
        rows.append(new_row)
    return np.array(rows)


def softmax(logits):
    ps = []
    for z in logits:
        e = np.exp(z - max(z))      # biggest one of this row
        ps.append(e / sum(e))
    return np.array(ps)


def compute_layer(x, w, b):
    out = []
    for xi in x:
        # b is (1, H), I need the row of it
        out.append(np.dot(xi, w) + np.ravel(b))
    return np.array(out)


def average_ce(target, prediction):
    total = 0.0
    n = 0
    for t, p in zip(target, prediction):
        for k in range(len(t)):
            if t[k] != 0:
                total = total - t[k] * np.log(p[k])
        n = n + 1
    return total / n


def grad_ce(target, logits):
    p = softmax(logits)
    n = len(target)
    g = []
    for i in range(n):
        g.append((p[i] - target[i]) / n)
    return np.array(g)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z1 = compute_layer(x, w_h, b_h)
    a1 = relu(z1)
    z2 = compute_layer(a1, w_o, b_o)
    p = softmax(z2)
    return z1, a1, z2, p


def one_or_zero(z):
    m = []
    for row in z:
        m.append([1.0 if v > 0 else 0.0 for v in row])
    return np.array(m)


def column_sums(m):
    s = np.zeros(m.shape[1])
    for row in m:
        s = s + row
    return s.reshape(1, -1)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z1, a1, z2, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_out = grad_ce(target, z2)

    # output layer
    dW_o = np.zeros(w_o.shape)
    for a, d in zip(a1, delta_out):
        dW_o = dW_o + np.outer(a, d)
    db_o = column_sums(delta_out)

    # hidden layer (same again)
    mask = one_or_zero(z1)
    delta_hid = []
    for i, d in enumerate(delta_out):
        # w_o is (H, C), d is (C,)
        delta_hid.append(np.dot(w_o, d) * mask[i])
    delta_hid = np.array(delta_hid)
    dW_h = np.zeros(w_h.shape)
    for xi, d in zip(x, delta_hid):
        dW_h = dW_h + np.outer(xi, d)
    db_h = column_sums(delta_hid)
    return dW_h, db_h, dW_o, db_o


def fast_gradients(x, t, w1, b1, w2, b2):
    # for train: the loops above take too long there, this is the same with matrices
    h = np.dot(x, w1) + b1
    a = h * (h > 0)
    o = np.dot(a, w2) + b2
    e = np.exp(o - np.max(o, axis=1).reshape(-1, 1))
    p = e / np.sum(e, axis=1).reshape(-1, 1)
    d2 = (p - t) / x.shape[0]
    d1 = np.dot(d2, w2.T) * (h > 0)
    return np.dot(x.T, d1), d1.sum(axis=0).reshape(1, -1), np.dot(a.T, d2), d2.sum(axis=0).reshape(1, -1)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    D = x.shape[1]
    C = t.shape[1]
    rng = np.random.default_rng(seed)
    w_h = rng.normal(0, (2 / (D + hidden)) ** 0.5, (D, hidden))
    b_h = np.zeros((1, hidden))
    w_o = rng.normal(0, (2 / (hidden + C)) ** 0.5, (hidden, C))
    b_o = np.zeros((1, C))

    v_wh = 0
    v_bh = 0
    v_wo = 0
    v_bo = 0
    for epoch in range(epochs):
        g1, g2, g3, g4 = fast_gradients(x, t, w_h, b_h, w_o, b_o)
        v_wh = gamma * v_wh + lr * g1
        v_bh = gamma * v_bh + lr * g2
        v_wo = gamma * v_wo + lr * g3
        v_bo = gamma * v_bo + lr * g4
        w_h = w_h - v_wh
        b_h = b_h - v_bh
        w_o = w_o - v_wo
        b_o = b_o - v_bo
        # if epoch % 10 == 0: print(epoch, average_ce(tv, forward_prop(xv, w_h, b_h, w_o, b_o)[3]))

    weights = {}
    weights["w_h"] = w_h
    weights["b_h"] = b_h
    weights["w_o"] = w_o
    weights["b_o"] = b_o
    return weights
