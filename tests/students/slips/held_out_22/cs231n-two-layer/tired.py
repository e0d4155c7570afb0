import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1 = self.params["W1"]
        b1 = self.params["b1"]
        W2 = self.params["W2"]
        b2 = self.params["b2"]
        N, D = X.shape

        h = X.dot(W1) + b1
        h[h < 0] = 0
        scores = h.dot(W2) + b2
        if y is None:
            return scores

        # loss, same as in softmax.py from last week
        loss = 0.0
        for i in range(N):
            f = scores[i] - np.max(scores[i])
            loss += -f[y[i]] + np.log(np.sum(np.exp(f)))
        loss /= N
        loss += reg * np.sum(W1 * W1)
        loss += reg * np.sum(W2 * W2)

        # probabilities (again)
        scores = scores - np.max(scores, axis=1).reshape(N, 1)
        p = np.exp(scores)
        p = p / np.sum(p, axis=1).reshape(N, 1)

        grads = {}
        d = p
        d[range(N), y] -= 1
        d = d / N
        grads["W2"] = h.T.dot(d)
        grads["b2"] = np.ones(N).dot(d)
        d = d.dot(W2.T)
        d[h <= 0] = 0
        grads["W1"] = X.T.dot(d)
        grads["b1"] = np.ones(N).dot(d)
        grads["W2"] += 2 * reg * W2
        grads["W1"] += 2 * reg * W1
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        N = X.shape[0]
        iterations_per_epoch = max(N // batch_size, 1)
        loss_history = []
        train_acc_history = []
        val_acc_history = []
        for it in range(num_iters):
            idx = np.random.choice(N, batch_size)
            X_batch = X[idx]
            y_batch = y[idx]
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            W1 = self.params["W1"] - learning_rate * grads["W1"]
            b1 = self.params["b1"] - learning_rate * grads["b1"]
            W2 = self.params["W2"] - learning_rate * grads["W2"]
            b2 = self.params["b2"] - learning_rate * grads["b2"]
            self.params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
            if verbose and it % 100 == 0:
                print(it, loss)
            if it % iterations_per_epoch == 0:
                train_acc_history.append((self.predict(X_batch) == y_batch).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate = learning_rate * learning_rate_decay
        return {"loss_history": loss_history, "train_acc_history": train_acc_history, "val_acc_history": val_acc_history}

    def predict(self, X):
        h = X.dot(self.params["W1"]) + self.params["b1"]
        h = h * (h > 0)
        s = h.dot(self.params["W2"]) + self.params["b2"]
        y_pred = np.zeros(X.shape[0], dtype=int)
        for i in range(X.shape[0]):
            y_pred[i] = np.argmax(s[i])
        return y_pred
