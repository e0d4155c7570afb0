"""Bias trick: every layer is one matrix [W; b], every input gets a column of ones."""
import itertools

import numpy as np


def with_ones(A):
    return np.hstack((A, np.ones((len(A), 1))))


def stack(W, b):
    """(in, out) and (out,) -> (in + 1, out)."""
    return np.vstack((W, np.reshape(b, (1, -1))))


def epoch_of_batches(n, size):
    """Index blocks of one freshly shuffled epoch; every block is full, the rest waits for the next shuffle."""
    idx = np.arange(n)
    np.random.shuffle(idx)
    yield from idx[: n // size * size].reshape(-1, size)


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def _matrices(self):
        return (stack(self.params['W1'], self.params['b1']),
                stack(self.params['W2'], self.params['b2']))

    def _run(self, X):
        M1, M2 = self._matrices()
        X1 = with_ones(X)
        A1 = X1 @ M1
        A1[A1 < 0] = 0
        H1 = with_ones(A1)
        return X1, M1, H1, M2, H1 @ M2

    def loss(self, X, y=None, reg=0.0):
        X1, M1, H1, M2, S = self._run(X)
        if y is None:
            return S

        N, C = S.shape
        Y = (np.asarray(y).reshape(-1, 1) == np.arange(C)).astype(float)
        S = S - np.amax(S, axis=1)[:, np.newaxis]
        E = np.exp(S)
        Z = E.sum(1, keepdims=True)
        data_loss = (np.log(Z).sum() - (S * Y).sum()) / N
        # only the rows above the last one are weights
        decay1, decay2 = M1.copy(), M2.copy()
        decay1[-1] = 0
        decay2[-1] = 0
        reg_loss = reg * (np.square(decay1).sum() + np.square(decay2).sum())

        G = (E / Z - Y) / N
        dM2 = H1.T @ G + 2 * reg * decay2
        back = (G @ M2.T)[:, :-1]            # the ones have no derivative
        back[H1[:, :-1] <= 0] = 0
        dM1 = X1.T @ back + 2 * reg * decay1

        grads = {'W1': dM1[:-1], 'b1': dM1[-1], 'W2': dM2[:-1], 'b2': dM2[-1]}
        return data_loss + reg_loss, grads

    def train(self, X, y, X_val, y_val,
              learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        N = X.shape[0]
        size = min(N, batch_size)
        loss_history, train_acc_history, val_acc_history = [], [], []

        for epoch in itertools.count(1):
            for block in epoch_of_batches(N, size):
                if len(loss_history) >= num_iters:
                    return {'loss_history': loss_history,
                            'train_acc_history': train_acc_history,
                            'val_acc_history': val_acc_history}
                value, g = self.loss(X[block], y[block], reg=reg)
                loss_history.append(value)
                for k, p in self.params.items():
                    self.params[k] = p - learning_rate * g[k]
            learning_rate = learning_rate * learning_rate_decay
            train_acc_history.append((self.predict(X) == y).mean())
            val_acc_history.append((self.predict(X_val) == y_val).mean())
            if verbose:
                print('epoch %d, loss %f' % (epoch, loss_history[-1]))

    def predict(self, X):
        return np.argmax(self._run(X)[-1], axis=1)
