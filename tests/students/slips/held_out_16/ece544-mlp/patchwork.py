import copy

import numpy as np


# --- activations: from a blog post ---
def relu(Z):
    return np.where(Z > 0, Z, 0.0)


def sigmoid(x):
    x = np.clip(x, -500, 500)
    return 1.0 / (1.0 + np.exp(-x))


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    assert dZ.shape == Z.shape
    return dZ


def sigmoid_backward(dA, Z):
    s = sigmoid(Z)
    dZ = dA * s * (1 - s)
    return dZ


def tanh_backward(dA, Z):
    return dA * (1 - np.power(np.tanh(Z), 2))


def softmax(logits):
    logits = logits - np.max(logits, axis=1)[:, np.newaxis]
    exp_scores = np.exp(logits)
    return exp_scores / np.sum(exp_scores, axis=1).reshape(-1, 1)


# --- forward: Coursera style ---
def linear_activation_forward(A_prev, W, b, activation):
    Z = np.dot(A_prev, W) + b.reshape(1, -1)
    if activation == "sigmoid":
        A = sigmoid(Z)
    elif activation == "relu":
        A = relu(Z)
    elif activation == "tanh":
        A = np.tanh(Z)
    else:
        A = softmax(Z)
    assert A.shape == (A_prev.shape[0], W.shape[1])
    cache = ((A_prev, W, b), Z)
    return A, cache


def forward(X, params, act):
    caches = []
    A = X
    L = len(params) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(A_prev, params["W" + str(l)], params["b" + str(l)], act)
        caches.append(cache)
    AL, cache = linear_activation_forward(A, params["W" + str(L)], params["b" + str(L)], "softmax")
    caches.append(cache)
    return AL, (caches, AL, act)


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[0]
    dW = np.dot(A_prev.T, dZ)
    db = np.sum(dZ, axis=0, keepdims=True)
    dA_prev = np.dot(dZ, W.T)
    assert dA_prev.shape == A_prev.shape
    assert dW.shape == W.shape
    return dA_prev, dW, db


def backward(cache, T):
    caches, AL, activation = cache
    grads = {}
    L = len(caches)
    m = AL.shape[0]
    Y = T.reshape(AL.shape)

    dZ = (AL - Y) / m
    linear_cache, Z = caches[L - 1]
    dA_prev, grads["W" + str(L)], grads["b" + str(L)] = linear_backward(dZ, linear_cache)
    for l in reversed(range(L - 1)):
        linear_cache, Z = caches[l]
        if activation == "relu":
            dZ = relu_backward(dA_prev, Z)
        elif activation == "sigmoid":
            dZ = sigmoid_backward(dA_prev, Z)
        else:
            dZ = tanh_backward(dA_prev, Z)
        dA_prev, dW_temp, db_temp = linear_backward(dZ, linear_cache)
        grads["W" + str(l + 1)] = dW_temp
        grads["b" + str(l + 1)] = db_temp
    return grads


def predict(X, params, act):
    probas, caches = forward(X, params, act)
    m = X.shape[0]
    p = np.argmax(probas, axis=1)
    return p.reshape(m)


def confusion_matrix(y, yhat, K):
    y_true = np.asarray(y).ravel()
    y_pred = np.asarray(yhat).ravel()
    cm = np.bincount(K * y_true + y_pred, minlength=K * K)
    return cm.reshape(K, K)


# --- mini-batches and momentum: ChatGPT, then edited ---
def random_mini_batches(X, Y, mini_batch_size, rng):
    m = X.shape[0]
    mini_batches = []
    permutation = list(rng.permutation(m))
    shuffled_X = X[permutation, :]
    shuffled_Y = Y[permutation, :].reshape((m, Y.shape[1]))
    num_complete_minibatches = m // mini_batch_size
    for k in range(0, num_complete_minibatches):
        mini_batch_X = shuffled_X[k * mini_batch_size : (k + 1) * mini_batch_size, :]
        mini_batch_Y = shuffled_Y[k * mini_batch_size : (k + 1) * mini_batch_size, :]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    if m % mini_batch_size != 0:
        mini_batch_X = shuffled_X[num_complete_minibatches * mini_batch_size :, :]
        mini_batch_Y = shuffled_Y[num_complete_minibatches * mini_batch_size :, :]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    return mini_batches


def initialize_parameters(layer_dims, act, rng):
    parameters = {}
    for l in range(1, len(layer_dims)):
        fan_in, fan_out = layer_dims[l - 1], layer_dims[l]
        std = (2 / fan_in) ** 0.5 if act == "relu" else (2 / (fan_in + fan_out)) ** 0.5
        parameters["W" + str(l)] = rng.standard_normal((fan_in, fan_out)) * std
        parameters["b" + str(l)] = np.zeros((1, fan_out))
    return parameters


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if isinstance(hidden, (int, np.integer)):
        hidden_layers = [int(hidden)]
    else:
        hidden_layers = [int(h) for h in hidden]
    n_classes = len(np.unique(np.concatenate([y, yv])))
    n_classes = max(n_classes, int(max(y.max(), yv.max())) + 1)
    Y_onehot = np.zeros((y.shape[0], n_classes))
    Y_onehot[np.arange(y.shape[0]), y] = 1

    parameters = initialize_parameters([X.shape[1]] + hidden_layers + [n_classes], act, rng)
    velocity = copy.deepcopy(parameters)
    for key in velocity:
        velocity[key] = np.zeros_like(velocity[key])

    best_acc = 0
    for epoch in range(epochs):
        for xb, yb in random_mini_batches(X, Y_onehot, batch_size, rng):
            out, cache = forward(xb, parameters, act)
            grads = backward(cache, yb)
            for key in parameters:
                velocity[key] = momentum * velocity[key] + lr * grads[key]
                parameters[key] = parameters[key] - velocity[key]
        val_acc = np.mean(predict(Xv, parameters, act) == yv)
        best_acc = max(best_acc, val_acc)
    return parameters


# --- time delay layer, optional ---
def tdnn1d(x, w, b):
    def dot_window(seg, filt):
        return np.tensordot(seg, filt, axes=([1, 2], [1, 2]))

    batch, channels, length = x.shape
    n_filters, _, ksize = w.shape
    out_len = length - ksize + 1
    pieces = []
    for t in range(out_len):
        pieces.append(dot_window(x[:, :, t : t + ksize], w) + b.reshape(1, n_filters))
    return np.stack(pieces, axis=-1)


def tdnn1d_backward(dout, x, w):
    batch, n_filters, out_len = dout.shape
    ksize = w.shape[-1]
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    db = np.sum(dout, axis=(0, 2))
    for t in range(out_len):
        g = dout[:, :, t]
        seg = x[:, :, t : t + ksize]
        dw += np.tensordot(g, seg, axes=(0, 0))
        dx[:, :, t : t + ksize] += np.tensordot(g, w, axes=(1, 0))
    return dx, dw, db
