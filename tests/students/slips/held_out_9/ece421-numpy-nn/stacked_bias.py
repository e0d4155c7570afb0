"""Each bias is the last row of its layer's weights: a layer is [x 1] times the stack, its gradient is split again."""

import numpy as np

EPS = 1e-12  # keeps the logarithm away from 0


def with_ones(x):
    """(N, D) -> (N, D + 1): one more column, the bias's input."""
    ones = np.ones((x.shape[0], 1))
    return np.hstack([x, ones])


def stack(w, b):
    """Weights (D, H) over the bias (1, H) -> (D + 1, H)."""
    return np.vstack([w, np.reshape(b, (1, -1))])


def unstack(theta):
    """(D + 1, H) -> weights (D, H) and bias (1, H)."""
    return theta[:-1], theta[-1:]


def relu(x):
    return np.where(x > 0, x, 0.0)


def softmax(logits):
    row_max = np.amax(logits, axis=1, keepdims=True)
    exps = np.exp(logits - row_max)
    total = np.sum(exps, axis=1, keepdims=True)
    return exps / total


def compute_layer(x, w, b):
    return with_ones(x) @ stack(w, b)


def average_ce(target, prediction):
    safe = np.clip(prediction, EPS, 1.0)
    per_example = -np.sum(target * np.log(safe), axis=1)
    return np.mean(per_example)


def grad_ce(target, logits):
    n = target.shape[0]
    probs = softmax(logits)
    return (probs - target) / n


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)

    # output layer: weights and bias in one product
    delta_o = grad_ce(target, z_o)
    d_theta_o = with_ones(a_h).T @ delta_o
    dW_o, db_o = unstack(d_theta_o)

    # hidden layer: only active units let the gradient through
    d_a = delta_o @ w_o.T
    active = z_h > 0
    delta_h = d_a * active
    d_theta_h = with_ones(x).T @ delta_h
    dW_h, db_h = unstack(d_theta_h)

    return dW_h, db_h, dW_o, db_o


def init_layer(rng, n_in, n_out):
    """Normal weights with variance 2 / (n_in + n_out), zero bias."""
    std = np.sqrt(2.0 / (n_in + n_out))
    return rng.normal(0.0, std, size=(n_in, n_out)), np.zeros((1, n_out))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w_h, b_h = init_layer(rng, x.shape[1], hidden)
    w_o, b_o = init_layer(rng, hidden, t.shape[1])
    params = {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
    velocity = {name: np.zeros_like(value) for name, value in params.items()}

    for _ in range(epochs):
        # backward_prop returns its gradients in the order of the dict
        grads = dict(zip(params, backward_prop(x, t, **params)))
        for name in params:
            velocity[name] = gamma * velocity[name] + lr * grads[name]
            params[name] = params[name] - velocity[name]

    return params
