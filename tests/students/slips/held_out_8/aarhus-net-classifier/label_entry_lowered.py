"""One forward pass for all methods, 1 taken from each label's entry, histories of zeros that are filled by epoch."""

import numpy as np


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k). This one is written for you."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    # subtract each row's maximum, so that the largest exponential is exp(0)
    row_max = np.max(X, axis=1).reshape(-1, 1)
    exps = np.exp(X - row_max)
    row_sum = np.sum(exps, axis=1).reshape(-1, 1)
    return exps / row_sum


def relu(x):
    return x * (x > 0)


def get_init_params(input_dim, hidden_size, output_size):
    """First parameters, for your own trainings: W1 (d, h), b1 (1, h), W2 (h, k), b2 (1, k). Written for you."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def forward_pass(X, params):
    """Everything the gradients and the predictions need: z1, a1 and the probabilities."""
    z1 = np.dot(X, params["W1"]) + params["b1"]
    a1 = relu(z1)
    z2 = np.dot(a1, params["W2"]) + params["b2"]
    return z1, a1, softmax(z2)


class NetClassifier:
    """params: the parameters after fit. history: train_loss, train_acc, val_loss, val_acc, one number an epoch."""

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        _, _, p = forward_pass(X, params)
        return np.argmax(p, axis=1)

    def score(self, X, y, params=None):
        pred = self.predict(X, params)
        return np.sum(pred == y) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n = X.shape[0]
        rows = np.arange(n)
        W1, W2 = params["W1"], params["W2"]
        z1, a1, p = forward_pass(X, params)

        # cost: only the probability of the right class counts
        log_cost = -np.sum(np.log(p[rows, y]))
        reg_cost = reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        cost = log_cost / n + reg_cost

        # output layer: p - labels, without building the one-hot rows
        delta2 = p.copy()
        delta2[rows, y] -= 1.0
        delta2 /= n
        d_w2 = np.dot(a1.T, delta2) + 2 * reg * W2
        d_b2 = np.sum(delta2, axis=0, keepdims=True)

        # hidden layer: nothing goes back through units that are off
        delta1 = np.dot(delta2, W2.T)
        delta1[z1 <= 0] = 0.0
        d_w1 = np.dot(X.T, delta1) + 2 * reg * W1
        d_b1 = np.sum(delta1, axis=0, keepdims=True)

        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        # own copies: the caller's init_params stay as they are
        params = {key: np.array(value, dtype=float) for key, value in init_params.items()}
        n = X_train.shape[0]
        n_batches = (n + batch_size - 1) // batch_size  # rounded up, the last one may be smaller
        history = {key: np.zeros(epochs) for key in ("train_loss", "train_acc", "val_loss", "val_acc")}

        for epoch in range(epochs):
            order = np.arange(n)
            np.random.shuffle(order)
            for b in range(n_batches):
                idx = order[b * batch_size:(b + 1) * batch_size]
                _, grads = self.cost_grad(X_train[idx], y_train[idx], params, reg)
                for key in ("W1", "b1", "W2", "b2"):
                    params[key] -= lr * grads["d_" + key.lower()]

            train_loss, _ = self.cost_grad(X_train, y_train, params, reg)
            val_loss, _ = self.cost_grad(X_val, y_val, params, reg)
            history["train_loss"][epoch] = train_loss
            history["val_loss"][epoch] = val_loss
            history["train_acc"][epoch] = self.score(X_train, y_train, params)
            history["val_acc"][epoch] = self.score(X_val, y_val, params)

        self.params = params
        self.history = history
