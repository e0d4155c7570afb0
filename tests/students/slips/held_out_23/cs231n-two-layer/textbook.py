import numpy as np


class TwoLayerNet:
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
        H, C = W2.shape

        # z1 = X W1 + b1, a1 = max(z1, 0), scores = a1 W2 + b2
        z1 = np.dot(X, W1) + b1
        a1 = np.maximum(z1, 0)
        scores = np.dot(a1, W2) + b2
        if y is None:
            return scores

        # p = softmax(scores)
        p = np.zeros((N, C))
        for i in range(N):
            f = scores[i] - np.max(scores[i])
            p[i] = np.exp(f) / np.sum(np.exp(f))

        # labels: one-hot
        labels = np.zeros((N, C))
        for i in range(N):
            labels[i, y[i]] = 1

        L = -1.0 / N * np.sum(labels * np.log(p + 1e-14))
        R = reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        loss = L + R

        # delta2 = (p - labels) / N
        delta2 = (p - labels) / N
        dW2 = np.dot(a1.T, delta2) + 2 * reg * W2
        db2 = np.zeros(C)
        for i in range(N):
            db2 += delta2[i]

        # delta1 = (delta2 W2^T) * 1[z1 > 0]
        indicator = np.zeros((N, H))
        indicator[z1 > 0] = 1
        delta1 = np.dot(delta2, W2.T) * indicator
        dW1 = np.dot(X.T, delta1) + 2 * reg * W1
        db1 = np.zeros(H)
        for i in range(N):
            db1 += delta1[i]

        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        return loss, grads

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        N = X.shape[0]
        iterations_per_epoch = max(N // batch_size, 1)
        eta = learning_rate
        loss_history = []
        train_acc_history = []
        val_acc_history = []

        for t in range(1, num_iters + 1):
            # the first batch_size examples of a random order
            order = np.random.permutation(N)
            batch = order[:batch_size]
            X_batch = X[batch]
            y_batch = y[batch]

            loss, grads = self.loss(X_batch, y_batch, reg)
            loss_history.append(loss)

            self.params["W1"] = self.params["W1"] - eta * grads["W1"]
            self.params["b1"] = self.params["b1"] - eta * grads["b1"]
            self.params["W2"] = self.params["W2"] - eta * grads["W2"]
            self.params["b2"] = self.params["b2"] - eta * grads["b2"]

            if t % iterations_per_epoch == 0:
                train_acc_history.append(np.mean(self.predict(X_batch) == y_batch))
                val_acc_history.append(np.mean(self.predict(X_val) == y_val))
                eta = eta * learning_rate_decay

        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        scores = self.loss(X)
        y_pred = np.zeros(X.shape[0], dtype=int)
        for i in range(X.shape[0]):
            y_pred[i] = np.argmax(scores[i])
        return y_pred
