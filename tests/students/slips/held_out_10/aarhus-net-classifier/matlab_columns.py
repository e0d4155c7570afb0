"""Network classifier. Ported from my MATLAB code: inside, one example is one COLUMN; at the door we transpose."""
import numpy as np
from numpy import exp, log, maximum, zeros


def one_in_k_encoding(vec, k):
    encoded = np.eye(k)[np.asarray(vec).astype(int), :]
    return encoded


def logsumexp_columns(Z):
    """log(sum(exp(Z), 1)) in MATLAB, stable. Z is (k, m), the result (1, m)."""
    mx = Z.max(axis=0)[np.newaxis, :]
    return mx + log(exp(Z - mx).sum(axis=0)[np.newaxis, :])


def softmax(X):
    Z = np.asarray(X, dtype=float).T
    P = exp(Z - logsumexp_columns(Z))
    return P.T


def relu(x):
    return maximum(x, 0.0)


def get_init_params(input_dim, hidden_size, output_size):
    """randn * sqrt(2/n), biases zero"""
    W1 = np.random.randn(input_dim, hidden_size) * np.sqrt(2.0 / input_dim)
    W2 = np.random.randn(hidden_size, output_size) * np.sqrt(2.0 / hidden_size)
    return {"W1": W1, "b1": zeros((1, hidden_size)), "W2": W2, "b2": zeros((1, output_size))}


def unroll(params):
    """Theta1 (h, d), theta10 (h, 1), Theta2 (k, h), theta20 (k, 1): everything for columns."""
    Theta1 = params["W1"].T
    theta10 = np.reshape(params["b1"], (-1, 1))
    Theta2 = params["W2"].T
    theta20 = np.reshape(params["b2"], (-1, 1))
    return Theta1, theta10, Theta2, theta20


def feedforward(X, params):
    Theta1, theta10, Theta2, theta20 = unroll(params)
    A0 = X.T  # d x m
    Z1 = Theta1 @ A0 + theta10  # h x m
    A1 = relu(Z1)
    Z2 = Theta2 @ A1 + theta20  # k x m
    return A0, Z1, A1, Z2


class NetClassifier:
    """Usage: net = NetClassifier(); net.fit(...); net.score(X, y)"""

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        scores = feedforward(X, params)[-1]
        # [~, p] = max(scores, [], 1)
        p = scores.argmax(axis=0)
        return p

    def score(self, X, y, params=None):
        p = self.predict(X, params)
        numRight = np.count_nonzero(p == np.ravel(y))
        return numRight / float(np.size(y))

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        m = X.shape[0]
        W1 = params["W1"]
        W2 = params["W2"]
        numClasses = W2.shape[1]

        A0, Z1, A1, Z2 = feedforward(X, params)
        Y = one_in_k_encoding(y, numClasses).T  # k x m
        logP = Z2 - logsumexp_columns(Z2)

        # J = -(1/m) * sum(sum(Y .* logP)) + lambda * (norm(W1,'fro')^2 + norm(W2,'fro')^2)
        J = -(1.0 / m) * np.sum(Y * logP)
        J = J + reg * (np.linalg.norm(W1, "fro") ** 2 + np.linalg.norm(W2, "fro") ** 2)

        # backprop, all in columns
        D2 = (exp(logP) - Y) / m  # k x m
        D1 = (W2 @ D2) * np.double(Z1 > 0)  # h x m

        Theta2_grad = D2 @ A1.T  # k x h
        Theta1_grad = D1 @ A0.T  # h x d
        onesVec = np.ones((m, 1))

        grads = dict()
        grads["d_w2"] = Theta2_grad.T + 2 * reg * W2
        grads["d_b2"] = (D2 @ onesVec).T
        grads["d_w1"] = Theta1_grad.T + 2 * reg * W1
        grads["d_b1"] = (D1 @ onesVec).T
        return J, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1, b1 = np.copy(init_params["W1"]), np.copy(init_params["b1"])
        W2, b2 = np.copy(init_params["W2"]), np.copy(init_params["b2"])

        m = X_train.shape[0]
        numBatches = int(np.ceil(m / batch_size))
        hist = zeros((epochs, 4))  # columns: train_loss train_acc val_loss val_acc
        bestAcc = -np.inf
        bestParams = None

        for ep in range(epochs):
            perm = np.random.permutation(m)
            Xs, ys = X_train[perm, :], y_train[perm]
            for b in range(numBatches):
                first = b * batch_size
                last = min(first + batch_size, m)
                theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
                J, g = NetClassifier.cost_grad(Xs[first:last, :], ys[first:last], theta, reg)
                W1 = W1 - lr * g["d_w1"]
                b1 = b1 - lr * g["d_b1"]
                W2 = W2 - lr * g["d_w2"]
                b2 = b2 - lr * g["d_b2"]

            theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
            hist[ep, 0], _ = NetClassifier.cost_grad(X_train, y_train, theta, reg)
            hist[ep, 1] = self.score(X_train, y_train, theta)
            hist[ep, 2], _ = NetClassifier.cost_grad(X_val, y_val, theta, reg)
            hist[ep, 3] = self.score(X_val, y_val, theta)

            # keep the best on the validation set
            if hist[ep, 3] > bestAcc:
                bestAcc = hist[ep, 3]
                bestParams = theta

        self.params = bestParams
        self.history = {
            "train_loss": hist[:, 0],
            "train_acc": hist[:, 1],
            "val_loss": hist[:, 2],
            "val_acc": hist[:, 3],
        }
