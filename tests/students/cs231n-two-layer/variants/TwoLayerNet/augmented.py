"""Style: the biases are the last rows of augmented weights."""
import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": np.random.normal(scale=std, size=(input_size, hidden_size)),
            "b1": np.zeros((hidden_size,)),
            "W2": np.random.normal(scale=std, size=(hidden_size, output_size)),
            "b2": np.zeros((output_size,)),
        }

    @staticmethod
    def _ones(A):
        return np.c_[A, np.ones(A.shape[0])]

    def _stacked(self, layer):
        return np.r_[self.params[f"W{layer}"], self.params[f"b{layer}"].reshape(1, -1)]

    def _forward(self, X):
        first = self._ones(X)
        hidden = first @ self._stacked(1)
        second = self._ones(hidden * (hidden > 0))
        return first, hidden, second, second @ self._stacked(2)

    def loss(self, X, y=None, reg=0.0):
        first, hidden, second, scores = self._forward(X)
        if y is None:
            return scores
        N = X.shape[0]
        onehot = np.zeros(scores.shape)
        onehot[np.arange(N), y] = 1
        stable = scores - scores.max(axis=1, keepdims=True)
        p = np.exp(stable)
        Z = p.sum(axis=1, keepdims=True)
        p = p / Z
        loss = ((np.log(Z) - stable) * onehot).sum() / N
        G2 = second.T @ (p - onehot) / N
        G1 = first.T @ (((p - onehot) @ self.params["W2"].T) * (hidden > 0)) / N
        grads = {"W1": G1[:-1], "b1": G1[-1], "W2": G2[:-1], "b2": G2[-1]}
        for name in ("W1", "W2"):
            loss = loss + reg * np.square(self.params[name]).sum()
            grads[name] = grads[name] + 2 * reg * self.params[name]
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train / batch_size, 1)
        loss_history, train_acc_history, val_acc_history = [], [], []
        for it in range(num_iters):
            idx = np.random.choice(num_train, batch_size, replace=True)
            loss, grads = self.loss(X[idx], y=y[idx], reg=reg)
            loss_history.append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if it % iterations_per_epoch == 0:
                train_acc_history.append((self.predict(X[idx]) == y[idx]).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        return self._forward(X)[-1].argmax(axis=1)
