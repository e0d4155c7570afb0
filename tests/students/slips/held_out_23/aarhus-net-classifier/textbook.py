import copy

import numpy as np


def one_in_k_encoding(vec, k):
    n = vec.shape[0]
    enc = np.zeros((n, k))
    enc[np.arange(n), vec] = 1
    return enc


def softmax(X):
    """log S = z - log sum exp z, row by row"""
    z = X - np.max(X, axis=1).reshape(-1, 1)
    log_S = z - np.log(np.sum(np.exp(z), axis=1)).reshape(-1, 1)
    return np.exp(log_S)


def relu(x):
    return np.maximum(0.0, x)


def relu_prime(z):
    d = np.ones(z.shape)
    d[z <= 0] = 0
    return d


def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.normal(0, np.sqrt(2 / input_dim), size=(input_dim, hidden_size))
    b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2 / hidden_size), size=(hidden_size, output_size))
    b2 = np.zeros((1, output_size))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
        a1 = relu(np.dot(X, W1) + b1)
        p = softmax(np.dot(a1, W2) + b2)
        pred = p.argmax(axis=1)
        return pred

    def score(self, X, y, params=None):
        pred = self.predict(X, params)
        return np.mean(pred == y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
        n, d = X.shape
        h, k = W2.shape
        labels = one_in_k_encoding(y, k)

        # forward
        z1 = np.dot(X, W1) + b1
        a1 = relu(z1)
        z2 = np.dot(a1, W2) + b2
        p = softmax(z2)

        # cost = -1/n sum_i log p[i, y[i]] + reg (sum W1^2 + sum W2^2)
        cost = 0.0
        for i in range(n):
            cost -= np.log(p[i, y[i]] + 1e-14)
        cost = cost / n
        cost = cost + reg * (np.sum(W1**2) + np.sum(W2**2))

        # dL/dz2[j] = sum_i dL/dS_i dS_i/dz_j = -1/S_y  S_y (1[y = j] - S_j)
        delta2 = np.zeros((n, k))
        for i in range(n):
            for j in range(k):
                delta2[i, j] = -((1.0 if y[i] == j else 0.0) - p[i, j])
        delta2 = delta2 / n

        d_w2 = np.dot(a1.T, delta2) + 2 * reg * W2
        d_b2 = np.sum(delta2, axis=0, keepdims=True)
        delta1 = np.dot(delta2, W2.T) * relu_prime(z1)
        d_w1 = np.dot(X.T, delta1) + 2 * reg * W1
        d_b1 = np.sum(delta1, axis=0, keepdims=True)

        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        w = copy.deepcopy(init_params)
        n = X_train.shape[0]
        train_loss, train_acc, val_loss, val_acc = [], [], [], []
        best_acc = -1.0
        best_w = None

        for epoch in range(1, epochs + 1):
            order = np.random.permutation(n)
            X_shuffled = X_train[order]
            y_shuffled = y_train[order]
            i = 0
            while i < n:
                X_batch = X_shuffled[i : i + batch_size]
                y_batch = y_shuffled[i : i + batch_size]
                cost, grads = NetClassifier.cost_grad(X_batch, y_batch, w, reg)
                w["W1"] = w["W1"] - lr * grads["d_w1"]
                w["b1"] = w["b1"] - lr * grads["d_b1"]
                w["W2"] = w["W2"] - lr * grads["d_w2"]
                w["b2"] = w["b2"] - lr * grads["d_b2"]
                i = i + batch_size

            train_loss.append(NetClassifier.cost_grad(X_train, y_train, w, reg)[0])
            train_acc.append(self.score(X_train, y_train, w))
            val_loss.append(NetClassifier.cost_grad(X_val, y_val, w, reg)[0])
            val_acc.append(self.score(X_val, y_val, w))

            # keep the parameters of the best epoch
            if val_acc[-1] > best_acc:
                best_acc = val_acc[-1]
                best_w = copy.deepcopy(w)

        self.params = best_w
        self.history = {"train_loss": train_loss, "train_acc": train_acc, "val_loss": val_loss, "val_acc": val_acc}
