# ECE421 A2 part 1
# helper functions partly from the tutorial, partly from the internet
import numpy as np


def relu(x):
    # https://stackoverflow.com/a/32109519 (in-place version changes x, so copy)
    y = x.copy()
    y[y < 0] = 0
    return y


# https://stackoverflow.com/questions/34968722/how-to-implement-the-softmax-function-in-python
def softmax(x):
    """Compute softmax values for each sets of scores in x."""
    e_x = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e_x / e_x.sum(axis=1, keepdims=True)


def compute_layer(x, w, b):
    return np.add(np.matmul(x, w), b)


def average_ce(target, prediction):
    # clip, otherwise log(0) (keras does the same with 1e-7)
    prediction = np.clip(prediction, 1e-15, 1.0)
    N = target.shape[0]
    return -1 / N * np.sum(np.multiply(target, np.log(prediction)))


def grad_ce(target, logits):
    # tutorial: dL/dz = softmax(z) - y, averaged
    m = target.shape[0]
    grad = softmax(logits)
    grad = grad - target
    grad = grad / m
    return grad


def forward_prop(x, w_h, b_h, w_o, b_o):
    S1 = compute_layer(x, w_h, b_h)
    X1 = relu(S1)
    S2 = compute_layer(X1, w_o, b_o)
    X2 = softmax(S2)
    return S1, X1, S2, X2


# derivative of ReLU
def drelu(z):
    out = np.zeros(z.shape)
    out[z > 0] = 1.0
    return out


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    S1, X1, S2, X2 = forward_prop(x, w_h, b_h, w_o, b_o)
    N = x.shape[0]
    # output layer
    delta_o = grad_ce(target, S2)
    dL_dWo = np.matmul(np.transpose(X1), delta_o)
    dL_dbo = np.matmul(np.ones((1, N)), delta_o)  # 1^T delta, as in the 2019 solution
    # hidden layer
    delta_h = drelu(S1) * np.matmul(delta_o, np.transpose(w_o))
    dL_dWh = np.matmul(np.transpose(x), delta_h)
    dL_dbh = np.sum(delta_h, axis=0, keepdims=True)
    return dL_dWh, dL_dbh, dL_dWo, dL_dbo


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    F = x.shape[1]
    K = t.shape[1]
    # Xavier, see handout; rng.normal wants the STANDARD DEVIATION
    W_h = rng.normal(0, np.sqrt(2 / (F + hidden)), size=(F, hidden))
    W_o = rng.normal(0, np.sqrt(2 / (hidden + K)), size=(hidden, K))
    b_h = np.zeros((1, hidden))
    b_o = np.zeros((1, K))
    # 2019 says 1e-5 for the velocities, now 0
    v_wh = np.zeros(W_h.shape)
    v_bh = np.zeros(b_h.shape)
    v_wo = np.zeros(W_o.shape)
    v_bo = np.zeros(b_o.shape)
    for i in range(epochs):
        dwh, dbh, dwo, dbo = backward_prop(x, t, W_h, b_h, W_o, b_o)
        # nu_new = gamma * nu_old + alpha * dL/dW
        v_wo = gamma * v_wo + lr * dwo
        v_bo = gamma * v_bo + lr * dbo
        v_wh = gamma * v_wh + lr * dwh
        v_bh = gamma * v_bh + lr * dbh
        # W = W - nu_new
        W_o = W_o - v_wo
        b_o = b_o - v_bo
        W_h = W_h - v_wh
        b_h = b_h - v_bh
        # loss_train.append(average_ce(t, forward_prop(x, W_h, b_h, W_o, b_o)[3]))
    return {'w_h': W_h, 'b_h': b_h, 'w_o': W_o, 'b_o': b_o}
