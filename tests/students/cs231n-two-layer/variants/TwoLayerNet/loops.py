"""Style: a loop over the examples."""
import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1, b1, W2, b2 = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        N = X.shape[0]
        scores = np.zeros((N, W2.shape[1]))
        hidden = np.zeros((N, W1.shape[1]))
        for i in range(N):
            hidden[i] = np.maximum(X[i].dot(W1) + b1, 0)
            scores[i] = hidden[i].dot(W2) + b2
        if y is None:
            return scores
        loss = 0.0
        dW1, db1, dW2, db2 = (np.zeros_like(w) for w in (W1, b1, W2, b2))
        for i in range(N):
            f = scores[i] - np.max(scores[i])
            p = np.exp(f) / np.sum(np.exp(f))
            loss += np.log(np.sum(np.exp(f))) - f[y[i]]
            p[y[i]] -= 1
            dW2 += np.outer(hidden[i], p)
            db2 += p
            dh = W2.dot(p)
            dh[hidden[i] == 0] = 0
            dW1 += np.outer(X[i], dh)
            db1 += dh
        loss = loss / N + reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        return loss, {"W1": dW1 / N + 2 * reg * W1, "b1": db1 / N, "W2": dW2 / N + 2 * reg * W2, "b2": db2 / N}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train / batch_size, 1)
        loss_history = []
        for it in range(num_iters):
            indices = np.random.choice(np.arange(num_train), batch_size)
            X_batch, y_batch = X[indices], y[indices]
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            for key in grads:
                self.params[key] -= learning_rate * grads[key]
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
            if it % iterations_per_epoch == 0:
                learning_rate *= learning_rate_decay
        return {"loss_history": loss_history}

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)
