import numpy as np

# A2, translated from my .m files.  ones(m,1)*b is the bias for every row.


def relu(x):
    return (x + np.abs(x)) / 2


def softmax(logits):
    C = logits.shape[1]
    top = np.amax(logits, axis=1).reshape(-1, 1)
    E = np.exp(logits - top @ np.ones((1, C)))
    s = E @ np.ones((C, 1))
    return E / (s @ np.ones((1, C)))


def compute_layer(x, w, b):
    m = x.shape[0]
    Xb = np.hstack((x, np.ones((m, 1))))       # [x 1]
    Wb = np.vstack((w, b.reshape(1, -1)))      # [w; b]
    return Xb @ Wb


def average_ce(target, prediction):
    m = target.shape[0]
    py = np.sum(target * prediction, axis=1)   # m x 1, probability of the class
    J = -(1 / m) * np.sum(np.log(py + 1e-15))
    return J


def grad_ce(target, logits):
    m = target.shape[0]
    P = softmax(logits)
    return (1 / m) * (P - target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    Z1 = compute_layer(x, w_h, b_h)
    A1 = relu(Z1)
    Z2 = compute_layer(A1, w_o, b_o)
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    m = x.shape[0]
    e = np.ones((m, 1))
    [Z1, A1, Z2, A2] = forward_prop(x, w_h, b_h, w_o, b_o)
    # columns from here on: C x m, H x m
    D2 = (A2 - target).T / m
    D1 = (w_o @ D2) * (Z1.T > 0)
    dWo = (D2 @ A1).T
    dbo = (D2 @ e).T
    dWh = (D1 @ x).T
    dbh = (D1 @ e).T
    return dWh, dbh, dWo, dbo


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    n1 = x.shape[1]
    n2 = hidden
    n3 = t.shape[1]
    w_h = rng.standard_normal((n1, n2)) * np.sqrt(2 / (n1 + n2))
    w_o = rng.standard_normal((n2, n3)) * np.sqrt(2 / (n2 + n3))
    b_h = np.zeros((1, n2))
    b_o = np.zeros((1, n3))
    v_wh = np.zeros(w_h.shape)
    v_bh = np.zeros(b_h.shape)
    v_wo = np.zeros(w_o.shape)
    v_bo = np.zeros(b_o.shape)
    J = np.zeros((epochs, 2))
    for it in range(epochs):
        [g_wh, g_bh, g_wo, g_bo] = backward_prop(x, t, w_h, b_h, w_o, b_o)
        v_wh = gamma * v_wh + lr * g_wh
        v_bh = gamma * v_bh + lr * g_bh
        v_wo = gamma * v_wo + lr * g_wo
        v_bo = gamma * v_bo + lr * g_bo
        w_h = w_h - v_wh
        b_h = b_h - v_bh
        w_o = w_o - v_wo
        b_o = b_o - v_bo
        [_, _, _, P] = forward_prop(x, w_h, b_h, w_o, b_o)
        [_, _, _, Pv] = forward_prop(xv, w_h, b_h, w_o, b_o)
        J[it, 0] = average_ce(t, P)
        J[it, 1] = average_ce(tv, Pv)
    model = {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
    return model
