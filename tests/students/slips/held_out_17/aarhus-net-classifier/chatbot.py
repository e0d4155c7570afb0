"""
NetClassifier - a fully connected neural network with one hidden layer
======================================================================

Features:
    * Numerically stable softmax
    * L2 regularization
    * Mini-batch SGD with model selection on the validation set
"""

import logging

import numpy as np

logger = logging.getLogger(__name__)

EPS = 1e-15


def one_in_k_encoding(vec, k):
    """One-hot encoding."""
    n = vec.shape[0]
    enc = np.zeros((n, k))
    enc[np.arange(n), vec] = 1
    return enc


def softmax(X):
    """Numerically stable softmax."""
    X_max = np.max(X, axis=1, keepdims=True)
    exp_X = np.exp(X - X_max)
    return exp_X / np.sum(exp_X, axis=1, keepdims=True)


def relu(x):
    """ReLU activation."""
    return np.maximum(0, x)


def get_init_params(input_dim, hidden_size, output_size):
    """He initialization."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class NetClassifier:
    """One-hidden-layer neural network classifier."""

    def __init__(self):
        """Initialize the classifier."""
        self.params = None
        self.history = None

    @staticmethod
    def _forward(X, params):
        """Forward pass returning a cache dictionary."""
        cache = {}
        cache["z1"] = np.dot(X, params["W1"]) + params["b1"]
        cache["a1"] = relu(cache["z1"])
        cache["z2"] = np.dot(cache["a1"], params["W2"]) + params["b2"]
        cache["probs"] = softmax(cache["z2"])
        return cache

    def predict(self, X, params=None):
        """Predict class labels."""
        if params is None:
            params = self.params
        probs = self._forward(X, params)["probs"]
        return np.argmax(probs, axis=1)

    def score(self, X, y, params=None):
        """Compute the mean accuracy."""
        y_pred = self.predict(X, params)
        return np.mean(y_pred == y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        """Compute cost and gradients."""
        n = X.shape[0]
        W1, W2 = params["W1"], params["W2"]
        labels = one_in_k_encoding(y, W2.shape[1])

        # Forward pass
        cache = NetClassifier._forward(X, params)
        probs = cache["probs"]

        # Cost
        data_cost = -np.sum(labels * np.log(probs + EPS)) / n
        reg_cost = reg * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
        cost = data_cost + reg_cost

        # Backward pass
        delta2 = (probs - labels) / n
        d_w2 = np.dot(cache["a1"].T, delta2) + 2 * reg * W2
        d_b2 = np.sum(delta2, axis=0, keepdims=True)

        delta1 = np.dot(delta2, W2.T)
        delta1[cache["z1"] <= 0] = 0
        d_w1 = np.dot(X.T, delta1) + 2 * reg * W1
        d_b1 = np.sum(delta1, axis=0, keepdims=True)

        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        """Train the network with mini-batch SGD."""
        params = {k: v.copy() for k, v in init_params.items()}
        history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        best_val_loss = np.inf
        best_params = {k: v.copy() for k, v in params.items()}
        n = X_train.shape[0]

        for epoch in range(epochs):
            # Shuffle the data
            indices = np.random.permutation(n)
            X_shuffled = X_train[indices]
            y_shuffled = y_train[indices]

            # Mini-batch updates
            for i in range(0, n, batch_size):
                X_batch = X_shuffled[i:i + batch_size]
                y_batch = y_shuffled[i:i + batch_size]
                _, grads = self.cost_grad(X_batch, y_batch, params, reg)
                params["W1"] -= lr * grads["d_w1"]
                params["b1"] -= lr * grads["d_b1"]
                params["W2"] -= lr * grads["d_w2"]
                params["b2"] -= lr * grads["d_b2"]

            # Evaluate
            train_loss, _ = self.cost_grad(X_train, y_train, params, reg)
            val_loss, _ = self.cost_grad(X_val, y_val, params, reg)
            history["train_loss"].append(float(train_loss))
            history["train_acc"].append(float(self.score(X_train, y_train, params)))
            history["val_loss"].append(float(val_loss))
            history["val_acc"].append(float(self.score(X_val, y_val, params)))

            # Model selection
            if val_loss < best_val_loss:
                best_val_loss = val_loss
                best_params = {k: v.copy() for k, v in params.items()}

            logger.info("Epoch %d/%d - val_loss: %.4f", epoch + 1, epochs, val_loss)

        self.params = best_params
        self.history = history


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    np.random.seed(42)
    X = np.random.randn(200, 4)
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    net = NetClassifier()
    net.fit(X[:150], y[:150], X[150:], y[150:], get_init_params(4, 16, 2))
    try:
        import matplotlib.pyplot as plt

        plt.plot(net.history["train_loss"], label="train")
        plt.plot(net.history["val_loss"], label="val")
        plt.legend()
        plt.savefig("loss.png")
    except Exception as e:
        logger.warning("Plotting failed: %s", e)
