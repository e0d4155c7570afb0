import numpy as np


def relu(x):
    a = np.zeros(x.shape)
    a[x > 0] = x[x > 0]
    return a


def softmax(logits):
    N = logits.shape[0]
    p = np.zeros(logits.shape)
    for n in range(N):
        z = logits[n]
        e = np.exp(z - np.max(z))
        p[n] = e / np.sum(e)
    return p


def compute_layer(x, w, b):
    z = np.dot(x, w)
    z = z + b
    return z


def average_ce(target, prediction):
    # L = -1/N sum_n sum_k t_nk log p_nk, 0 log 0 = 0
    N, C = target.shape
    L = 0.0
    for n in range(N):
        for k in range(C):
            if target[n, k] != 0:
                L -= target[n, k] * np.log(prediction[n, k])
    return L / N


def softmax_jacobian(p):
    """dp_k/dz_j = p_k (1[k=j] - p_j)"""
    return np.diag(p) - np.outer(p, p)


def grad_ce(target, logits):
    # dL/dz_j = sum_k dL/dp_k dp_k/dz_j; with sum_k t_k = 1 it becomes (p - t)/N
    N = target.shape[0]
    p = softmax(logits)
    dL_dz = np.zeros(p.shape)
    for n in range(N):
        for j in range(p.shape[1]):
            dL_dz[n, j] = (p[n, j] - target[n, j]) / N
    return dL_dz


def forward_prop(x, w_h, b_h, w_o, b_o):
    z1 = compute_layer(x, w_h, b_h)
    a1 = relu(z1)
    z2 = compute_layer(a1, w_o, b_o)
    a2 = softmax(z2)
    return z1, a1, z2, a2


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    a0 = x
    N = a0.shape[0]
    z1, a1, z2, a2 = forward_prop(x, w_h, b_h, w_o, b_o)

    delta2 = a2 - target
    g_prime1 = np.where(z1 > 0, 1.0, 0.0)
    delta1 = np.dot(delta2, w_o.T) * g_prime1

    dW2 = np.dot(a1.T, delta2) / N
    db2 = np.sum(delta2, axis=0).reshape(1, -1) / N
    dW1 = np.zeros(w_h.shape)
    db1 = np.zeros((1, w_h.shape[1]))
    for n in range(N):
        dW1 += np.outer(a0[n], delta1[n])
        db1 += delta1[n]
    dW1 = dW1 / N
    db1 = db1 / N
    return dW1, db1, dW2, db2


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    generator = np.random.default_rng(seed)
    n0, n1, n2 = x.shape[1], hidden, t.shape[1]

    W1 = generator.normal(0.0, (2.0 / (n0 + n1)) ** 0.5, (n0, n1))
    b1 = np.zeros((1, n1))
    W2 = generator.normal(0.0, (2.0 / (n1 + n2)) ** 0.5, (n1, n2))
    b2 = np.zeros((1, n2))

    theta = [W1, b1, W2, b2]
    v = [0.0, 0.0, 0.0, 0.0]

    for _ in range(epochs):
        gradient = backward_prop(x, t, theta[0], theta[1], theta[2], theta[3])
        for i in range(4):
            v[i] = gamma * v[i] + lr * gradient[i]
        for i in range(4):
            theta[i] = theta[i] - v[i]

    return {"w_h": theta[0], "b_h": theta[1], "w_o": theta[2], "b_o": theta[3]}
