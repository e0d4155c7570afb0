"""CS231n's two-layer network on top of a small scikit-learn-like estimator."""

import itertools

import numpy as np


def check_array(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError("Expected 2D array, got %dD array instead" % X.ndim)
    return X


def accuracy_score(y_true, y_pred):
    return float(np.average(np.asarray(y_true) == np.asarray(y_pred)))


def _relu(Z):
    return Z.clip(min=0)


def _relu_derivative(A, delta):
    """Sets delta to zero where the unit is off, in place."""
    delta[A <= 0] = 0


def _logsumexp(a):
    a_max = a.max(axis=1)
    return a_max + np.log(np.exp(a - a_max.reshape(-1, 1)).sum(axis=1))


def random_batches(n_samples, batch_size):
    """Endless generator of index arrays: each pass over the samples is permuted anew."""
    size = min(batch_size, n_samples)
    while True:
        order = np.random.permutation(n_samples)
        for start in range(0, n_samples - size + 1, size):
            yield order[start : start + size]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    @property
    def coefs_(self):
        return [self.params["W1"], self.params["W2"]]

    @property
    def intercepts_(self):
        return [self.params["b1"], self.params["b2"]]

    def _forward_pass(self, X):
        hidden = _relu(X @ self.coefs_[0] + self.intercepts_[0])
        return hidden, hidden @ self.coefs_[1] + self.intercepts_[1]

    def _compute_loss(self, scores, y, reg):
        true_scores = scores[np.arange(len(y)), y]
        data_loss = np.mean(_logsumexp(scores) - true_scores)
        return data_loss + reg * sum(np.dot(c.ravel(), c.ravel()) for c in self.coefs_)

    def _loss_grad_layer(self, activation, delta, layer, reg):
        coef_grad = activation.T @ delta
        coef_grad += 2 * reg * self.coefs_[layer]
        intercept_grad = np.sum(delta, 0)
        return coef_grad, intercept_grad

    def _backprop(self, X, y, hidden, scores, reg):
        n_samples = X.shape[0]
        deltas = np.exp(scores - _logsumexp(scores)[:, None])
        deltas[np.arange(n_samples), y] -= 1.0
        deltas /= n_samples
        grads = {}
        grads["W2"], grads["b2"] = self._loss_grad_layer(hidden, deltas, 1, reg)
        hidden_deltas = deltas @ self.coefs_[1].T
        _relu_derivative(hidden, hidden_deltas)
        grads["W1"], grads["b1"] = self._loss_grad_layer(X, hidden_deltas, 0, reg)
        return grads

    def decision_function(self, X):
        return self._forward_pass(check_array(X))[1]

    def loss(self, X, y=None, reg=0.0):
        X = check_array(X)
        hidden, scores = self._forward_pass(X)
        if y is None:
            return scores
        return self._compute_loss(scores, y, reg), self._backprop(X, y, hidden, scores, reg)

    def _update(self, grads, learning_rate):
        for key in grads:
            self.params[key] = self.params[key] - learning_rate * grads[key]

    def score(self, X, y):
        return accuracy_score(y, self.predict(X))

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
        n_samples = len(X)
        n_iter_epoch = max(n_samples // batch_size, 1)
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        batches = itertools.islice(random_batches(n_samples, batch_size), num_iters)
        for n_iter, idx in enumerate(batches):
            loss, grads = self.loss(X[idx], y[idx], reg)
            history["loss_history"].append(loss)
            self._update(grads, learning_rate)
            if verbose:
                print("Iteration %d, loss = %.8f" % (n_iter + 1, loss))
            if (n_iter + 1) % n_iter_epoch == 0:
                history["train_acc_history"].append(self.score(X[idx], y[idx]))
                history["val_acc_history"].append(self.score(X_val, y_val))
                learning_rate *= learning_rate_decay
        return history

    def predict(self, X):
        return self.decision_function(X).argmax(axis=1)
