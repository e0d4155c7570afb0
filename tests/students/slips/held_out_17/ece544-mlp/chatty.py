"""
Multi-Layer Perceptron from scratch (NumPy only)
================================================

Supports an arbitrary number of hidden layers with ReLU / sigmoid / tanh
activations, a softmax output layer and mini-batch SGD with momentum.
"""

import logging

import numpy as np

logger = logging.getLogger(__name__)


# ---------------------------------------------------------------------------
# Activation functions and their derivatives
# ---------------------------------------------------------------------------
def relu(z):
    return np.maximum(0, z)


def relu_derivative(z):
    return np.where(z > 0, 1.0, 0.0)


def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_derivative(z):
    s = sigmoid(z)
    return s * (1 - s)


def tanh(z):
    return np.tanh(z)


def tanh_derivative(z):
    return 1 - np.tanh(z) ** 2


ACTIVATIONS = {
    "relu": (relu, relu_derivative),
    "sigmoid": (sigmoid, sigmoid_derivative),
    "tanh": (tanh, tanh_derivative),
}


def softmax(z):
    z_shifted = z - np.max(z, axis=1, keepdims=True)
    exp_z = np.exp(z_shifted)
    return exp_z / np.sum(exp_z, axis=1, keepdims=True)


def forward(X, params, act):
    """Forward propagation. Returns (probs, cache)."""
    if act not in ACTIVATIONS:
        raise ValueError(f"Unknown activation: {act}")
    activation, _ = ACTIVATIONS[act]
    L = len(params) // 2

    cache = {"A0": X, "act": act, "L": L}
    A = X
    for l in range(1, L + 1):
        W, b = params["W" + str(l)], params["b" + str(l)]
        Z = np.dot(A, W) + b
        A = softmax(Z) if l == L else activation(Z)
        cache["Z" + str(l)] = Z
        cache["A" + str(l)] = A
        cache["W" + str(l)] = W.copy()
    return A, cache


def backward(cache, T):
    """Backward propagation. Returns a dictionary of gradients."""
    L = cache["L"]
    m = T.shape[0]
    _, activation_derivative = ACTIVATIONS[cache["act"]]

    grads = {}
    dZ = (cache["A" + str(L)] - T) / m
    for l in range(L, 0, -1):
        A_prev = cache["A" + str(l - 1)]
        grads["W" + str(l)] = np.dot(A_prev.T, dZ)
        grads["b" + str(l)] = np.sum(dZ, axis=0, keepdims=True)
        if l > 1:
            dA_prev = np.dot(dZ, cache["W" + str(l)].T)
            dZ = dA_prev * activation_derivative(cache["Z" + str(l - 1)])
    return grads


def predict(X, params, act):
    """Predict class labels."""
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y, yhat, K):
    """Compute the confusion matrix (rows: true class, columns: predicted class)."""
    cm = np.zeros((K, K), dtype=int)
    for t, p in zip(y, yhat):
        cm[int(t), int(p)] += 1
    return cm


def compute_loss(probs, T, eps=1e-12):
    """Average cross-entropy loss."""
    return -np.mean(np.sum(T * np.log(probs + eps), axis=1))


def initialize_parameters(layer_dims, act, rng):
    """He initialization for ReLU, Xavier otherwise."""
    params = {}
    for l in range(1, len(layer_dims)):
        fan_in, fan_out = layer_dims[l - 1], layer_dims[l]
        std = np.sqrt(2.0 / fan_in) if act == "relu" else np.sqrt(2.0 / (fan_in + fan_out))
        params["W" + str(l)] = rng.normal(0.0, std, size=(fan_in, fan_out))
        params["b" + str(l)] = np.zeros((1, fan_out))
    return params


def one_hot(y, num_classes):
    """Convert labels to one-hot rows."""
    encoded = np.zeros((y.shape[0], num_classes))
    encoded[np.arange(y.shape[0]), y.astype(int)] = 1
    return encoded


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    """Train the network with mini-batch SGD + momentum."""
    if isinstance(hidden, (int, np.integer)):
        hidden = [int(hidden)]
    num_classes = int(np.max(np.concatenate([y, yv]))) + 1
    layer_dims = [X.shape[1]] + list(hidden) + [num_classes]
    params = initialize_parameters(layer_dims, act, rng)
    velocity = {key: np.zeros_like(value) for key, value in params.items()}
    T = one_hot(y, num_classes)
    N = X.shape[0]

    for epoch in range(epochs):
        # Shuffle the data
        perm = rng.permutation(N)
        X_shuffled = X[perm]
        T_shuffled = T[perm]

        epoch_loss = 0.0
        for i in range(0, N, batch_size):
            X_batch = X_shuffled[i : i + batch_size]
            T_batch = T_shuffled[i : i + batch_size]

            probs, cache = forward(X_batch, params, act)
            epoch_loss += compute_loss(probs, T_batch) * X_batch.shape[0]
            grads = backward(cache, T_batch)

            for key in params:
                velocity[key] = momentum * velocity[key] + lr * grads[key]
                params[key] -= velocity[key]

        val_acc = np.mean(predict(Xv, params, act) == yv)
        logger.info("Epoch %d: loss=%.4f, val_acc=%.4f", epoch + 1, epoch_loss / N, val_acc)

    return params


if __name__ == "__main__":
    generator = np.random.default_rng(0)
    X = generator.normal(size=(300, 2))
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    accuracies = {}
    for name in ACTIVATIONS:
        p = train(X[:200], y[:200], X[200:], y[200:], 16, name, generator, epochs=50)
        accuracies[name] = np.mean(predict(X[200:], p, name) == y[200:])
    try:
        import matplotlib.pyplot as plt

        plt.bar(list(accuracies), list(accuracies.values()))
        plt.ylabel("validation accuracy")
        plt.show()
    except ImportError:
        print(accuracies)
