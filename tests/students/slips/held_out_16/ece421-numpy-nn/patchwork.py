# ECE421 A2. pieces: starter of 2019 (names!), towardsdatascience, chatgpt
import numpy as np

epsilon = 1e-15


def relu(x):
    return (np.abs(x) + x) / 2


def softmax(logits):
    assert len(logits.shape) == 2
    shifted = logits - logits.max(axis=1).reshape(-1, 1)
    exps = np.exp(shifted)
    return exps / exps.sum(axis=1).reshape(-1, 1)


def computeLayer(W, X, b):
    out = np.matmul(X, W) + np.reshape(b, (1, -1))
    assert out.shape == (X.shape[0], W.shape[1])
    return out


def averageCE(target, prediction):
    N = target.shape[0]
    log_likelihood = np.log(np.clip(prediction, epsilon, None))
    loss = -np.mean(np.sum(target * log_likelihood, axis=1))
    return np.squeeze(loss)


def grad_ce(target, logits):
    y_pred = softmax(logits)
    m = y_pred.shape[0]
    labels = np.argmax(target, axis=1)
    dlogits = y_pred.copy()
    dlogits[np.arange(m), labels] -= 1
    return dlogits / m


def forward_prop(x, w_h, b_h, w_o, b_o):
    def layer_one(inp):
        z = computeLayer(w_h, inp, b_h)
        return z, relu(z)

    S_1, X_1 = layer_one(x)
    S_2 = computeLayer(w_o, X_1, b_o)
    probs = softmax(S_2)
    return S_1, X_1, S_2, probs


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    Z1, A1, Z2, y_hat = forward_prop(x, w_h, b_h, w_o, b_o)
    batch = x.shape[0]
    dZ2 = grad_ce(target, Z2)
    dW2 = np.dot(A1.T, dZ2)
    db2 = np.sum(dZ2, axis=0).reshape(1, -1)

    def drelu(z):
        g = np.ones_like(z)
        g[z <= 0] = 0
        return g

    dA1 = np.dot(dZ2, w_o.T)
    dZ1 = np.multiply(dA1, drelu(Z1))
    dW1 = np.dot(x.T, dZ1)
    db1 = np.sum(dZ1, axis=0, keepdims=True)
    assert dW1.shape == w_h.shape and dW2.shape == w_o.shape
    assert dZ1.shape[0] == batch
    return dW1, db1, dW2, db2


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    n_in, n_out = x.shape[1], t.shape[1]

    def xavier(fan_in, fan_out):
        std = np.sqrt(2.0 / (fan_in + fan_out))
        return rng.normal(0.0, std, size=(fan_in, fan_out))

    weights = {
        "w_h": xavier(n_in, hidden),
        "b_h": np.zeros((1, hidden)),
        "w_o": xavier(hidden, n_out),
        "b_o": np.zeros((1, n_out)),
    }
    velocity = {k: np.zeros(v.shape) for k, v in weights.items()}
    train_losses, val_losses, val_accs = [], [], []

    for epoch in range(epochs):
        grads = backward_prop(x, t, weights["w_h"], weights["b_h"], weights["w_o"], weights["b_o"])
        for key, grad in zip(["w_h", "b_h", "w_o", "b_o"], grads):
            velocity[key] *= gamma
            velocity[key] += lr * grad
            weights[key] -= velocity[key]
        if epoch % 20 == 0 or epoch == epochs - 1:
            *_, p_train = forward_prop(x, **weights)
            *_, p_val = forward_prop(xv, **weights)
            train_losses.append(averageCE(t, p_train))
            val_losses.append(averageCE(tv, p_val))
            val_accs.append(np.mean(p_val.argmax(axis=1) == tv.argmax(axis=1)))
    return weights
