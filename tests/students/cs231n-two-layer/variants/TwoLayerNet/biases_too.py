"""Style: the biases are regularised too, in loss and gradient."""
import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        N, D = X.shape
        h = np.maximum(0, X.dot(W1) + b1)
        scores = h.dot(W2) + b2
        if y is None:
            return scores
        exp_scores = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        correct_logprobs = -np.log(probs[range(N), y])
        loss = np.sum(correct_logprobs) / N
        loss += 0.5 * reg * np.sum(W1 * W1) + 0.5 * reg * np.sum(W2 * W2)
        loss += 0.5 * reg * (np.sum(b1 * b1) + np.sum(b2 * b2))
        dscores = probs
        dscores[range(N), y] -= 1
        dscores /= N
        grads = {}
        grads["W2"] = np.dot(h.T, dscores)
        grads["b2"] = np.sum(dscores, axis=0)
        dh = np.dot(dscores, W2.T)
        dh[h <= 0] = 0
        grads["W1"] = np.dot(X.T, dh)
        grads["b1"] = np.sum(dh, axis=0)
        grads["W2"] += reg * W2
        grads["W1"] += reg * W1
        grads["b1"] += reg * b1
        grads["b2"] += reg * b2
        return loss, grads

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
