import numpy as np


# slide 4
def relu(x):
    return x * (x > 0)


# slide 7: columns are examples inside, rows outside
def softmax(logits):
    Z = logits.T
    Z = Z - Z.max(axis=0)
    E = np.exp(Z)
    A = E / E.sum(axis=0)
    return A.T


# slide 5: Z = W^T A + b
def compute_layer(x, w, b):
    A0 = x.T
    b = np.asarray(b).reshape(-1, 1)
    Z1 = w.T @ A0 + b
    return Z1.T


# slide 9: J = -(1/m) sum y log a
def average_ce(target, prediction):
    Y = target.T
    A = prediction.T
    m = Y.shape[1]
    A = np.clip(A, 1e-15, 1)
    L = -(Y * np.log(A))
    J = (1 / m) * np.sum(L)
    return J


# slide 11
def grad_ce(target, logits):
    m = target.shape[0]
    A2 = softmax(logits)
    dZ2 = (A2 - target) / m
    return dZ2


def forward_prop(x, w_h, b_h, w_o, b_o):
    Z1 = compute_layer(x, w_h, b_h)  # slide 13
    A1 = relu(Z1)  # slide 13
    Z2 = compute_layer(A1, w_o, b_o)  # slide 14
    A2 = softmax(Z2)  # slide 14
    return Z1, A1, Z2, A2


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    m = x.shape[0]
    Z1, A1, Z2, A2 = forward_prop(x, w_h, b_h, w_o, b_o)
    Z1, A1, A2 = Z1.T, A1.T, A2.T
    A0, Y = x.T, target.T
    W2 = w_o
    dZ2 = A2 - Y  # slide 17
    dW2 = (1 / m) * A1 @ dZ2.T  # slide 18
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)  # slide 18
    dA1 = W2 @ dZ2  # slide 19
    dG1 = np.where(Z1 > 0, 1.0, 0.0)  # slide 20
    dZ1 = dA1 * dG1  # slide 20
    dW1 = (1 / m) * A0 @ dZ1.T  # slide 21
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)  # slide 21
    return dW1, db1.T, dW2, db2.T


def initialise(n0, n1, n2, seed):
    # slide 25
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal((n0, n1)) * np.sqrt(2 / (n0 + n1))
    W2 = rng.standard_normal((n1, n2)) * np.sqrt(2 / (n1 + n2))
    return W1, np.zeros((1, n1)), W2, np.zeros((1, n2))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    W1, b1, W2, b2 = initialise(x.shape[1], hidden, t.shape[1], seed)
    vW1, vb1, vW2, vb2 = 0, 0, 0, 0
    for i in range(epochs):
        dW1, db1, dW2, db2 = backward_prop(x, t, W1, b1, W2, b2)
        # slide 28
        vW1 = gamma * vW1 + lr * dW1
        vb1 = gamma * vb1 + lr * db1
        vW2 = gamma * vW2 + lr * dW2
        vb2 = gamma * vb2 + lr * db2
        # slide 29
        W1 = W1 - vW1
        b1 = b1 - vb1
        W2 = W2 - vW2
        b2 = b2 - vb2
    return {"w_h": W1, "b_h": b1, "w_o": W2, "b_o": b2}
