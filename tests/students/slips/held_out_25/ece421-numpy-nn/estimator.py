"""A small MLPClassifier; the functions that are asked for are thin wrappers around it."""

import numpy as np

_NAMES = ("w_h", "b_h", "w_o", "b_o")


def check_array(a):
    a = np.asarray(a, dtype=np.float64)
    if a.ndim != 2:
        raise ValueError("expected 2D array, reshape your data")
    return a


class MLPClassifier:
    def __init__(self, hidden_layer_size=64, learning_rate=0.1, momentum=0.9, max_iter=200, random_state=0):
        self.hidden_layer_size = hidden_layer_size
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.max_iter = max_iter
        self.random_state = random_state

    @classmethod
    def _from_coefs(cls, *coefs):
        self = cls(hidden_layer_size=coefs[0].shape[1])
        self._params = dict(zip(_NAMES, coefs))
        return self

    # activations
    @staticmethod
    def _relu(X):
        return check_array(X).clip(0, None)

    @staticmethod
    def _softmax(X):
        tmp = check_array(X) - np.max(X, axis=1)[:, np.newaxis]
        exps = np.exp(tmp)
        return exps / exps.sum(axis=1)[:, np.newaxis]

    @staticmethod
    def _affine(X, coef, intercept):
        return np.dot(check_array(X), coef) + np.reshape(intercept, (1, -1))

    # losses
    @staticmethod
    def _log_loss(Y, P):
        n_samples = Y.shape[0]
        p_true = np.sum(Y * P, axis=1)
        return -np.sum(np.log(p_true + 1e-12)) / n_samples

    @classmethod
    def _loss_gradient(cls, Y, logits):
        return (cls._softmax(logits) - Y) / logits.shape[0]

    # passes
    def _forward_pass(self, X):
        p = self._params
        hidden = self._affine(X, p["w_h"], p["b_h"])
        activation = self._relu(hidden)
        output = self._affine(activation, p["w_o"], p["b_o"])
        return hidden, activation, output, self._softmax(output)

    def _backprop(self, X, Y):
        hidden, activation, output, proba = self._forward_pass(X)
        deltas_out = (proba - Y) / X.shape[0]
        deltas_hid = np.dot(deltas_out, self._params["w_o"].T)
        deltas_hid[hidden <= 0] = 0
        grads = {}
        for suffix, layer_input, deltas in (("h", X, deltas_hid), ("o", activation, deltas_out)):
            grads["w_" + suffix] = np.dot(layer_input.T, deltas)
            grads["b_" + suffix] = deltas.sum(0).reshape(1, -1)
        return grads

    # fitting
    def _init_coef(self, fan_in, fan_out):
        std = (2.0 / (fan_in + fan_out)) ** 0.5
        return self._rng.normal(scale=std, size=(fan_in, fan_out)), np.zeros((1, fan_out))

    def _initialize(self, n_features, n_outputs):
        self._rng = np.random.default_rng(self.random_state)
        w_h, b_h = self._init_coef(n_features, self.hidden_layer_size)
        w_o, b_o = self._init_coef(self.hidden_layer_size, n_outputs)
        self._params = dict(w_h=w_h, b_h=b_h, w_o=w_o, b_o=b_o)
        self._velocities = {name: np.zeros_like(p) for name, p in self._params.items()}

    def _iterations(self, X, Y):
        for _ in range(self.max_iter):
            yield self._backprop(X, Y)

    def fit(self, X, Y, X_val=None, Y_val=None):
        X, Y = check_array(X), check_array(Y)
        self._initialize(X.shape[1], Y.shape[1])
        self.val_curve_ = []
        for grads in self._iterations(X, Y):
            for name in _NAMES:
                self._velocities[name] = self.momentum * self._velocities[name] + self.learning_rate * grads[name]
                self._params[name] = self._params[name] - self._velocities[name]
            self.val_curve_.append(self._log_loss(Y_val, self._forward_pass(X_val)[-1]))
        self.coefs_ = self._params
        return self


def relu(x):
    return MLPClassifier._relu(x)


def softmax(logits):
    return MLPClassifier._softmax(logits)


def compute_layer(x, w, b):
    return MLPClassifier._affine(x, w, b)


def average_ce(target, prediction):
    return MLPClassifier._log_loss(target, prediction)


def grad_ce(target, logits):
    return MLPClassifier._loss_gradient(target, logits)


def forward_prop(x, w_h, b_h, w_o, b_o):
    return MLPClassifier._from_coefs(w_h, b_h, w_o, b_o)._forward_pass(x)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    grads = MLPClassifier._from_coefs(w_h, b_h, w_o, b_o)._backprop(x, target)
    return tuple(grads[name] for name in _NAMES)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    clf = MLPClassifier(hidden, learning_rate=lr, momentum=gamma, max_iter=epochs, random_state=seed)
    return clf.fit(x, t, xv, tv).coefs_
