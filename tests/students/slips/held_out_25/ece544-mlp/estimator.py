"""An MLPClassifier in the manner of scikit-learn, with the functions that are asked for as wrappers."""

import numpy as np


def check_X_y(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    if X.ndim != 2 or y.ndim != 1 or len(X) != len(y):
        raise ValueError("bad input shape")
    return X, y.astype(int)


def _expit(z):
    ez = np.exp(-np.abs(z))
    return np.where(z < 0, ez, 1.0) / (1.0 + ez)


def _relu_derivative(a, delta):
    delta[a == 0] = 0


def _logistic_derivative(a, delta):
    delta *= a * (1 - a)


def _tanh_derivative(a, delta):
    delta *= 1 - np.square(a)


ACTIVATIONS = {"relu": lambda z: z.clip(min=0), "sigmoid": _expit, "tanh": np.tanh}
DERIVATIVES = {"relu": _relu_derivative, "sigmoid": _logistic_derivative, "tanh": _tanh_derivative}


class LabelBinarizer:
    def fit(self, *ys):
        self.n_classes_ = 1 + max(int(y.max()) for y in ys)
        return self

    def transform(self, y):
        return (y[:, np.newaxis] == np.arange(self.n_classes_)).astype(float)


class MLPClassifier:
    def __init__(self, hidden_layer_sizes, activation, rng=None, learning_rate=0.1, momentum=0.9, batch_size=32,
                 max_iter=30):
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.rng = rng
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.batch_size = batch_size
        self.max_iter = max_iter

    @classmethod
    def _fitted(cls, params, activation):
        self = cls(None, activation)
        self._set_params(params)
        return self

    def _set_params(self, params):
        self.n_layers_ = len(params) // 2
        self.coefs_ = [params[f"W{i + 1}"] for i in range(self.n_layers_)]
        self.intercepts_ = [params[f"b{i + 1}"] for i in range(self.n_layers_)]

    def _get_params(self):
        params = {}
        for i, (coef, intercept) in enumerate(zip(self.coefs_, self.intercepts_), start=1):
            params[f"W{i}"], params[f"b{i}"] = coef, intercept
        return params

    def _forward_pass(self, X):
        activations = [X]
        for coef, intercept in zip(self.coefs_[:-1], self.intercepts_[:-1]):
            activations.append(ACTIVATIONS[self.activation](activations[-1].dot(coef) + intercept))
        scores = activations[-1].dot(self.coefs_[-1]) + self.intercepts_[-1]
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        activations.append(scores / scores.sum(axis=1, keepdims=True))
        return activations

    def _backprop(self, activations, Y):
        deltas = (activations[-1] - Y) / len(Y)
        coef_grads, intercept_grads = [], []
        for i in reversed(range(self.n_layers_)):
            coef_grads.insert(0, activations[i].T.dot(deltas))
            intercept_grads.insert(0, deltas.sum(axis=0, keepdims=True))
            if i:
                deltas = deltas.dot(self.coefs_[i].T)
                DERIVATIVES[self.activation](activations[i], deltas)
        return coef_grads, intercept_grads

    def _layer_units(self, n_features, n_outputs):
        hidden = self.hidden_layer_sizes
        if not hasattr(hidden, "__iter__"):
            hidden = [hidden]
        return [n_features, *hidden, n_outputs]

    def _initialize(self, units):
        self.n_layers_ = len(units) - 1
        self.coefs_, self.intercepts_ = [], []
        for fan_in, fan_out in zip(units[:-1], units[1:]):
            fans = fan_in if self.activation == "relu" else fan_in + fan_out
            self.coefs_.append(self.rng.normal(0, np.sqrt(2.0 / fans), size=(fan_in, fan_out)))
            self.intercepts_.append(np.zeros((1, fan_out)))
        self._velocities = [np.zeros_like(p) for p in self.coefs_ + self.intercepts_]

    def _batches(self, n_samples):
        order = np.arange(n_samples)
        self.rng.shuffle(order)
        for start in range(0, n_samples, self.batch_size):
            yield order[start:start + self.batch_size]

    def _update(self, grads):
        for param, velocity, grad in zip(self.coefs_ + self.intercepts_, self._velocities, grads):
            velocity *= self.momentum
            velocity += self.learning_rate * grad
            param -= velocity

    def fit(self, X, y, X_val, y_val):
        X, y = check_X_y(X, y)
        X_val, y_val = check_X_y(X_val, y_val)
        Y = LabelBinarizer().fit(y, y_val).transform(y)
        self._initialize(self._layer_units(X.shape[1], Y.shape[1]))
        for _ in range(self.max_iter):
            for batch in self._batches(len(X)):
                coef_grads, intercept_grads = self._backprop(self._forward_pass(X[batch]), Y[batch])
                self._update(coef_grads + intercept_grads)
        return self

    def predict_proba(self, X):
        return self._forward_pass(X)[-1]

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)


def forward(X, params, act):
    clf = MLPClassifier._fitted(params, act)
    activations = clf._forward_pass(X)
    return activations[-1], (clf, activations)


def backward(cache, T):
    clf, activations = cache
    clf_grads = MLPClassifier(None, clf.activation)
    clf_grads.coefs_, clf_grads.intercepts_ = clf._backprop(activations, T)
    return clf_grads._get_params()


def predict(X, params, act):
    return MLPClassifier._fitted(params, act).predict(X)


def confusion_matrix(y, yhat, K):
    counts = np.bincount(K * np.asarray(y) + np.asarray(yhat), minlength=K * K)
    return counts.reshape(K, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    clf = MLPClassifier(hidden, act, rng, lr, momentum, batch_size, epochs)
    return clf.fit(X, y, Xv, yv)._get_params()


def tdnn1d(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    return np.tensordot(windows, w, axes=([1, 3], [1, 2])).transpose(0, 2, 1) + np.reshape(b, (1, -1, 1))


def tdnn1d_backward(dout, x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    dw = np.tensordot(dout, windows, axes=([0, 2], [0, 2]))
    dx = np.zeros(x.shape)
    for t in range(dout.shape[2]):
        dx[:, :, t:t + w.shape[2]] += np.tensordot(dout[:, :, t], w, axes=(1, 0))
    return dx, dw, dout.sum(axis=2).sum(axis=0)
