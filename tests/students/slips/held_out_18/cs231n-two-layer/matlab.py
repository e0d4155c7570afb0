import numpy as np


class TwoLayerNet:
    """Samples are columns inside; Theta1 is H x D, Theta2 is C x H."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def forwardprop(self, X):
        Theta1 = self.params["W1"].T
        Theta2 = self.params["W2"].T
        b1 = self.params["b1"].reshape(-1, 1)
        b2 = self.params["b2"].reshape(-1, 1)
        a1 = X.T                                   # D x m
        z2 = Theta1 @ a1 + b1                      # H x m
        a2 = z2.copy()
        a2[z2 < 0] = 0
        z3 = Theta2 @ a2 + b2                      # C x m
        return a1, z2, a2, z3

    def loss(self, X, y=None, reg=0.0):
        a1, z2, a2, z3 = self.forwardprop(X)
        if y is None:
            return z3.T
        m = X.shape[0]
        Theta1 = self.params["W1"].T
        Theta2 = self.params["W2"].T

        # softmax of every column
        a3 = np.zeros(z3.shape)
        J = 0
        for i in range(m):
            z = z3[:, i] - max(z3[:, i])
            a3[:, i] = np.exp(z) / sum(np.exp(z))
            J = J + np.log(sum(np.exp(z))) - z[y[i]]
        J = J / m
        J = J + reg * (sum(sum(Theta1**2)) + sum(sum(Theta2**2)))

        # backprop, sample after sample
        Theta1_grad = np.zeros(Theta1.shape)
        Theta2_grad = np.zeros(Theta2.shape)
        b1_grad = np.zeros(Theta1.shape[0])
        b2_grad = np.zeros(Theta2.shape[0])
        for i in range(m):
            delta3 = a3[:, i].copy()
            delta3[y[i]] = delta3[y[i]] - 1
            delta2 = Theta2.T @ delta3
            delta2 = delta2 * (z2[:, i] > 0)
            Theta2_grad = Theta2_grad + np.outer(delta3, a2[:, i])
            b2_grad = b2_grad + delta3
            Theta1_grad = Theta1_grad + np.outer(delta2, a1[:, i])
            b1_grad = b1_grad + delta2
        Theta1_grad = Theta1_grad / m + 2 * reg * Theta1
        Theta2_grad = Theta2_grad / m + 2 * reg * Theta2

        grad = {}
        grad["W1"] = Theta1_grad.T
        grad["b1"] = b1_grad / m
        grad["W2"] = Theta2_grad.T
        grad["b2"] = b2_grad / m
        return J, grad

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        m = X.shape[0]
        alpha = learning_rate
        steps_per_pass = max(m // batch_size, 1)
        J_history = np.zeros(num_iters)
        train_acc = []
        val_acc = []
        for k in range(1, num_iters + 1):
            perm = np.random.permutation(m)
            sel = perm[0:batch_size]
            J, grad = self.loss(X[sel, :], y[sel], reg)
            J_history[k - 1] = J
            self.params["W1"] = self.params["W1"] - alpha * grad["W1"]
            self.params["b1"] = self.params["b1"] - alpha * grad["b1"]
            self.params["W2"] = self.params["W2"] - alpha * grad["W2"]
            self.params["b2"] = self.params["b2"] - alpha * grad["b2"]
            if k % steps_per_pass == 0:
                alpha = alpha * learning_rate_decay
                train_acc.append(sum(self.predict(X[sel, :]) == y[sel]) / len(sel))
                val_acc.append(sum(self.predict(X_val) == y_val) / len(y_val))
        return {"loss_history": J_history, "train_acc_history": train_acc, "val_acc_history": val_acc}

    def predict(self, X):
        _, _, _, z3 = self.forwardprop(X)
        pred = np.zeros(z3.shape[1], dtype=int)
        for i in range(z3.shape[1]):
            best = 0
            for c in range(z3.shape[0]):
                if z3[c, i] > z3[best, i]:
                    best = c
            pred[i] = best
        return pred
