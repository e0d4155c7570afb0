#!/usr/bin/env python
# -*- coding: utf-8 -*-
# vim: set ts=4 sw=4 et fileencoding=utf-8 :
from __future__ import print_function, division, absolute_import, unicode_literals
from builtins import range
from past.builtins import xrange
import sys
import numpy as np

if sys.version_info[0] >= 3:
    unicode = str
    xrange = range

try:
    import cPickle as pickle
except ImportError:
    import pickle


class Net(object):
    """ Base of all nets. """
    def __init__(self, *sizes, **kw):
        super(Net, self).__init__()
        std = kw.pop('std', 1e-4)
        D, H, C = sizes
        self.params = {}
        self.params['W1'] = std * np.random.randn(D, H)
        self.params['b1'] = np.zeros(H)
        self.params['W2'] = std * np.random.randn(H, C)
        self.params['b2'] = np.zeros(C)


class TwoLayerNet(Net, object):
    """ A two-layer fully-connected neural network. """
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        super(TwoLayerNet, self).__init__(input_size, hidden_size, output_size, std=std)

    def loss(self, X, y=None, reg=0.0):
        """Scores, or the loss and the gradients by their names."""
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        z1 = X @ W1 + b1
        a1 = np.maximum(z1, 0)
        scores = a1 @ W2 + b2
        if y is None:
            return scores
        rows = np.arange(len(X))
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        loss = -np.mean(log_p[rows, y]) + reg * (np.sum(W1**2) + np.sum(W2**2))
        delta2 = np.exp(log_p)
        delta2[rows, y] -= 1
        delta2 = delta2 / len(X)
        delta1 = (delta2 @ W2.T) * (z1 > 0)
        d_w1 = X.T @ delta1 + 2 * reg * W1
        d_w2 = a1.T @ delta2 + 2 * reg * W2
        d_b1 = delta1.sum(axis=0)
        d_b2 = delta2.sum(axis=0)
        return loss, {"W1": d_w1, "b1": d_b1, "W2": d_w2, "b2": d_b2}

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
        """Steps on random batches; the rate decays once an epoch."""
        size = min(batch_size, len(X))
        per_epoch = max(len(X) // batch_size, 1)
        losses, train_accuracies, val_accuracies = [], [], []
        for iteration in xrange(num_iters):
            rows = np.random.choice(len(X), size, replace=False)
            loss, grads = self.loss(X[rows], y[rows], reg)
            losses.append(loss)
            for name in self.params:
                self.params[name] = self.params[name] - learning_rate * grads[name]
            if iteration % per_epoch == 0:
                train_accuracies.append(np.mean(self.predict(X[rows]) == y[rows]))
                val_accuracies.append(np.mean(self.predict(X_val) == y_val))
                learning_rate *= learning_rate_decay
        return {
            "loss_history": losses,
            "train_acc_history": train_accuracies,
            "val_acc_history": val_accuracies,
        }

    def predict(self, X):
        """The class with the largest score."""
        return np.argmax(self.loss(X), axis=1)

    def __unicode__(self):
        return 'TwoLayerNet'


def main():
    print('nothing to do', file=sys.stderr)


if __name__ == '__main__':
    main()

# Local Variables:
# mode: python
# coding: utf-8
# End:
