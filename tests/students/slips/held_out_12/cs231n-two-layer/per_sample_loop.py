# Two layer network, the slow way: one example after the other, gradients added up.
# NOTE: my loss has reg/2 * sum(W^2), so the gradients have reg * W.
import math

import numpy as np


class TwoLayerNet:

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = dict(
            W1=std * np.random.randn(input_size, hidden_size),
            b1=np.zeros(hidden_size),
            W2=std * np.random.randn(hidden_size, output_size),
            b2=np.zeros(output_size),
        )

    def _one(self, x):
        """x (D,) -> pre-activation (H,), activation (H,), scores (C,)"""
        z = self.params['W1'].T.dot(x) + self.params['b1'].reshape(-1)
        a = np.array(z)
        a[z <= 0] = 0.
        s = self.params['W2'].T.dot(a) + self.params['b2'].reshape(-1)
        return z, a, s

    def loss(self, X, y=None, reg=0.0):
        W1, W2 = self.params['W1'], self.params['W2']
        n = X.shape[0]
        if y is None:
            scores = np.zeros((n, W2.shape[1]))
            for i in range(n):
                scores[i] = self._one(X[i])[2]
            return scores

        grads = {k: np.zeros(v.shape) for k, v in self.params.items()}
        total = 0.0
        for i in range(n):
            x, label = X[i], int(y[i])
            z, a, s = self._one(x)
            m = s.max()
            e = np.exp(s - m)
            total += m + math.log(e.sum()) - s[label]
            # d loss_i / d s
            ds = e / e.sum()
            ds[label] -= 1.0
            dz = W2.dot(ds)
            dz[z <= 0] = 0.
            grads['W2'] += np.outer(a, ds)
            grads['b2'] += ds
            grads['W1'] += np.outer(x, dz)
            grads['b1'] += dz

        for k in grads:
            grads[k] /= n
        total /= n
        for k in ('W1', 'W2'):
            total += 0.5 * reg * (self.params[k] ** 2).sum()
            grads[k] += reg * self.params[k]
        return total, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3,
              learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        n = X.shape[0]
        rng = np.random.default_rng(np.random.randint(2 ** 31 - 1))
        iterations_per_epoch = max(n // batch_size, 1)
        history = {'loss_history': [], 'train_acc_history': [], 'val_acc_history': []}
        it = 0
        while it < num_iters:
            pick = rng.choice(n, size=batch_size, replace=batch_size > n)
            loss, grads = self.loss(X[pick], y[pick], reg)
            history['loss_history'] += [loss]
            for name in ['W1', 'b1', 'W2', 'b2']:
                step = learning_rate * grads[name]
                self.params[name] = np.subtract(self.params[name], step)
            it += 1
            if verbose and it % 100 == 0:
                print('iteration %d / %d: loss %f' % (it, num_iters, loss))
            if it % iterations_per_epoch != 0:
                continue
            history['train_acc_history'] += [float(np.mean(self.predict(X[pick]) == y[pick]))]
            history['val_acc_history'] += [float(np.mean(self.predict(X_val) == y_val))]
            learning_rate *= learning_rate_decay
        return history

    def predict(self, X):
        answer = np.zeros(X.shape[0], dtype=np.int64)
        for i, row in enumerate(X):
            answer[i] = int(np.argmax(self._one(row)[2]))
        return answer
