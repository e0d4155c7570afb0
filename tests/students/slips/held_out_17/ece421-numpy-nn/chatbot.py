"""
Two-layer neural network from scratch in NumPy
==============================================

Architecture: input -> Linear -> ReLU -> Linear -> Softmax -> Cross-Entropy
Optimizer:    full-batch gradient descent with momentum
"""

import logging

import numpy as np

logger = logging.getLogger(__name__)

EPS = 1e-12


# ============================================================
# Activations
# ============================================================
def relu(x):
    """Rectified Linear Unit."""
    return np.maximum(0.0, x)


def relu_derivative(x):
    """Derivative of ReLU."""
    return np.where(x > 0, 1.0, 0.0)


def softmax(logits):
    """Numerically stable softmax."""
    shifted_logits = logits - np.max(logits, axis=-1, keepdims=True)
    exp_logits = np.exp(shifted_logits)
    return exp_logits / np.sum(exp_logits, axis=-1, keepdims=True)


# ============================================================
# Layers and losses
# ============================================================
def compute_layer(x, w, b):
    """Affine transformation."""
    return np.dot(x, w) + b


def average_ce(target, prediction):
    """Average cross-entropy loss."""
    num_samples = target.shape[0]
    clipped = np.clip(prediction, EPS, 1.0)
    loss = -np.sum(target * np.log(clipped)) / num_samples
    return loss


def grad_ce(target, logits):
    """Gradient of the average cross-entropy loss w.r.t. the logits."""
    num_samples = target.shape[0]
    probs = softmax(logits)
    return (probs - target) / num_samples


# ============================================================
# Forward / backward
# ============================================================
def _forward(x, params):
    """Forward pass with cache."""
    cache = {"x": x}
    cache["z_h"] = compute_layer(x, params["w_h"], params["b_h"])
    cache["a_h"] = relu(cache["z_h"])
    cache["z_o"] = compute_layer(cache["a_h"], params["w_o"], params["b_o"])
    cache["p"] = softmax(cache["z_o"])
    return cache


def _backward(target, params, cache):
    """Backward pass."""
    grads = {}
    d_o = grad_ce(target, cache["z_o"])
    grads["w_o"] = np.dot(cache["a_h"].T, d_o)
    grads["b_o"] = np.sum(d_o, axis=0, keepdims=True)

    d_a_h = np.dot(d_o, params["w_o"].T)
    d_h = d_a_h * relu_derivative(cache["z_h"])
    grads["w_h"] = np.dot(cache["x"].T, d_h)
    grads["b_h"] = np.sum(d_h, axis=0, keepdims=True)
    return grads


def forward_prop(x, w_h, b_h, w_o, b_o):
    """Forward propagation."""
    params = {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
    cache = _forward(x, params)
    return cache["z_h"], cache["a_h"], cache["z_o"], cache["p"]


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    """Backward propagation."""
    params = {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
    cache = _forward(x, params)
    grads = _backward(target, params, cache)
    return grads["w_h"], grads["b_h"], grads["w_o"], grads["b_o"]


# ============================================================
# Training
# ============================================================
def _initialize(input_dim, hidden, output_dim, seed):
    """Xavier/Glorot initialization."""
    rng = np.random.default_rng(seed)
    return {
        "w_h": rng.normal(0.0, np.sqrt(2.0 / (input_dim + hidden)), size=(input_dim, hidden)),
        "b_h": np.zeros((1, hidden)),
        "w_o": rng.normal(0.0, np.sqrt(2.0 / (hidden + output_dim)), size=(hidden, output_dim)),
        "b_o": np.zeros((1, output_dim)),
    }


def _accuracy(x, t, params):
    """Fraction of correctly classified samples."""
    predictions = np.argmax(_forward(x, params)["p"], axis=1)
    return np.mean(predictions == np.argmax(t, axis=1))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    """Train the network with momentum."""
    params = _initialize(x.shape[1], hidden, t.shape[1], seed)
    velocity = {key: np.zeros_like(value) for key, value in params.items()}

    for epoch in range(epochs):
        cache = _forward(x, params)
        grads = _backward(t, params, cache)

        for key in params:
            velocity[key] = gamma * velocity[key] + lr * grads[key]
            params[key] = params[key] - velocity[key]

        if (epoch + 1) % 50 == 0:
            logger.info(
                "Epoch %d/%d - loss: %.4f - val_acc: %.4f",
                epoch + 1,
                epochs,
                average_ce(t, cache["p"]),
                _accuracy(xv, tv, params),
            )

    return params


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    rng = np.random.default_rng(42)
    X = rng.normal(size=(200, 8))
    labels = (X[:, 0] > 0).astype(int)
    T = np.eye(2)[labels]
    history = []
    for num_epochs in (1, 10, 50):
        trained = train(X, T, X, T, epochs=num_epochs)
        history.append(_accuracy(X, T, trained))
    try:
        import matplotlib.pyplot as plt

        plt.plot(history)
        plt.ylabel("accuracy")
        plt.show()
    except Exception as exc:
        print("Plotting skipped:", exc)
