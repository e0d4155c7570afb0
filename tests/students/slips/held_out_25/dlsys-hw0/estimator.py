"""Softmax regression and a one-hidden-layer network as small estimators; the asked functions are wrappers."""

import numpy as np


def check_X_y(X, y):
    X = np.asarray(X)
    y = np.asarray(y)
    if X.ndim != 2:
        raise ValueError(f"expected a 2D array, got {X.ndim}D")
    if y.shape[0] != X.shape[0]:
        raise ValueError("X and y have different numbers of samples")
    return X, y.astype(int)


def gen_batches(n_samples, batch_size):
    """Slices of at most batch_size samples, as sklearn.utils.gen_batches."""
    start = 0
    while start < n_samples:
        yield slice(start, min(start + batch_size, n_samples))
        start += batch_size


def predict_proba(scores):
    scores = scores - scores.max(axis=1).reshape(-1, 1)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1).reshape(-1, 1)
    return scores


def label_binarize(y, n_classes):
    Y = np.zeros((y.size, n_classes))
    for row, label in zip(Y, y):
        row[label] = 1
    return Y


class _BaseSGD:
    def __init__(self, weights, learning_rate=0.1, batch_size=100):
        self.coefs_ = weights
        self.learning_rate = learning_rate
        self.batch_size = batch_size

    def _gradients(self, X, Y):
        raise NotImplementedError

    def partial_fit(self, X, y):
        """One pass over the data in the order given."""
        X, y = check_X_y(X, y)
        n_classes = self.coefs_[-1].shape[1]
        for rows in gen_batches(len(X), self.batch_size):
            X_b, y_b = X[rows], y[rows]
            Y_b = label_binarize(y_b, n_classes)
            self._step(self._gradients(X_b, Y_b))
        return self

    def _step(self, grads):
        for coef, grad in zip(self.coefs_, grads):
            coef -= self.learning_rate * grad


class SoftmaxRegression(_BaseSGD):
    def _gradients(self, X, Y):
        residual = predict_proba(X.dot(self.coefs_[0])) - Y
        return [X.T.dot(residual) / X.shape[0]]


class OneHiddenLayerClassifier(_BaseSGD):
    def _gradients(self, X, Y):
        W1, W2 = self.coefs_
        hidden = (X.dot(W1)).clip(min=0)
        deltas = predict_proba(hidden.dot(W2)) - Y
        deltas /= X.shape[0]
        hidden_deltas = deltas.dot(W2.T)
        hidden_deltas[hidden == 0] = 0
        return [X.T.dot(hidden_deltas), hidden.T.dot(deltas)]


def log_loss(scores, y):
    scores, y = check_X_y(scores, y)
    top = scores.max(axis=1)
    normaliser = np.log(np.exp(scores - top.reshape(-1, 1)).sum(axis=1))
    chosen = np.take_along_axis(scores, y.reshape(-1, 1), axis=1).ravel()
    return (normaliser + top - chosen).mean()


def softmax_loss(Z, y):
    return log_loss(Z, y)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    SoftmaxRegression([theta], learning_rate=lr, batch_size=batch).partial_fit(X, y)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    OneHiddenLayerClassifier([W1, W2], learning_rate=lr, batch_size=batch).partial_fit(X, y)
