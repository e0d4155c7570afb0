import numpy as np


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k). This one is written for you."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    S = np.zeros(X.shape)
    for i in range(X.shape[0]):
        v = X[i, :] - np.max(X[i, :])
        S[i, :] = np.exp(v) / np.sum(np.exp(v))
    return S


def relu(x):
    a = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] > 0:
                a[i, j] = x[i, j]
    return a


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        Theta1 = params["W1"].T
        Theta2 = params["W2"].T
        a1 = X.T
        z2 = Theta1 @ a1 + params["b1"].reshape(-1, 1)
        a2 = relu(z2)
        z3 = Theta2 @ a2 + params["b2"].reshape(-1, 1)
        n = X.shape[0]
        pred = np.zeros(n, dtype=int)
        for i in range(n):
            pred[i] = np.argmax(z3[:, i])
        return pred

    def score(self, X, y, params=None):
        pred = self.predict(X, params)
        right = 0
        for i in range(len(y)):
            if pred[i] == y[i]:
                right = right + 1
        return right / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        Theta1 = params["W1"].T                      # h x d
        Theta2 = params["W2"].T                      # k x h
        b1 = params["b1"].reshape(-1, 1)             # h x 1
        b2 = params["b2"].reshape(-1, 1)             # k x 1
        n = X.shape[0]
        k = Theta2.shape[0]
        Y = one_in_k_encoding(y, k).T                # k x n

        a1 = X.T                                     # d x n
        z2 = Theta1 @ a1 + b1                        # h x n
        a2 = relu(z2)
        z3 = Theta2 @ a2 + b2                        # k x n
        a3 = softmax(z3.T).T

        J = 0
        for i in range(n):
            top = np.max(z3[:, i])
            J = J - z3[y[i], i] + top + np.log(np.sum(np.exp(z3[:, i] - top)))
        J = J / n + reg * (np.sum(Theta1**2) + np.sum(Theta2**2))

        delta3 = a3 - Y                              # k x n
        delta2 = (Theta2.T @ delta3) * (z2 > 0)      # h x n
        Theta2_grad = (delta3 @ a2.T) / n + 2 * reg * Theta2
        Theta1_grad = (delta2 @ a1.T) / n + 2 * reg * Theta1
        b2_grad = np.sum(delta3, 1) / n
        b1_grad = np.sum(delta2, 1) / n

        grads = {}
        grads["d_w1"] = Theta1_grad.T
        grads["d_w2"] = Theta2_grad.T
        grads["d_b1"] = b1_grad.reshape(1, -1)
        grads["d_b2"] = b2_grad.reshape(1, -1)
        return J, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params["W1"] + 0
        b1 = init_params["b1"] + 0
        W2 = init_params["W2"] + 0
        b2 = init_params["b2"] + 0
        n = X_train.shape[0]
        train_loss = np.zeros(epochs)
        train_acc = np.zeros(epochs)
        val_loss = np.zeros(epochs)
        val_acc = np.zeros(epochs)
        for e in range(epochs):
            sel = np.random.permutation(n)
            Xs = X_train[sel, :]
            ys = y_train[sel]
            first = 0
            while first < n:
                last = min(first + batch_size, n)
                theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
                J, g = self.cost_grad(Xs[first:last, :], ys[first:last], theta, reg)
                W1 = W1 - lr * g["d_w1"]
                b1 = b1 - lr * g["d_b1"]
                W2 = W2 - lr * g["d_w2"]
                b2 = b2 - lr * g["d_b2"]
                first = last
            theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
            train_loss[e] = self.cost_grad(X_train, y_train, theta, reg)[0]
            val_loss[e] = self.cost_grad(X_val, y_val, theta, reg)[0]
            train_acc[e] = self.score(X_train, y_train, theta)
            val_acc[e] = self.score(X_val, y_val, theta)
        self.params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        self.history = {"train_loss": train_loss, "train_acc": train_acc, "val_loss": val_loss, "val_acc": val_acc}
