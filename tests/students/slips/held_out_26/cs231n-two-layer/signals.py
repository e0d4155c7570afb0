"""Two-layer net. Signals carry a constant last column; weights and bias are stacked in one matrix."""
import numpy as np


def with_constant(S):
    return np.c_[S, np.ones(S.shape[0])]


def stacked(W, b):
    return np.r_[W, np.reshape(b, (1, -1))]


def level_of(frame):
    """log of the sum of exponentials of a frame."""
    top = np.max(frame)
    return top + np.log(np.sum(np.exp(frame - top)))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def mix(self):
        p = self.params
        return stacked(p['W1'], p['b1']), stacked(p['W2'], p['b2'])

    def propagate(self, X):
        T1, T2 = self.mix()
        S0 = with_constant(X)
        pre = np.dot(S0, T1)
        S1 = with_constant(np.where(pre > 0, pre, 0.0))
        return S0, pre, S1, np.dot(S1, T2)

    def loss(self, X, y=None, reg=0.0):
        S0, pre, S1, out = self.propagate(X)
        if y is None:
            return out
        n, channels = out.shape
        mask = 1.0 * np.equal.outer(np.r_[y], np.arange(channels))
        level = np.apply_along_axis(level_of, 1, out)
        p = np.exp(out - np.c_[level])
        W1, W2 = self.params['W1'], self.params['W2']

        cross = np.sum(level - np.sum(mask * out, 1)) / n
        energy = np.sum(np.r_[W1.ravel(), W2.ravel()] ** 2)

        e2 = (p - mask) / n
        e1 = np.dot(e2, W2.T) * (1.0 * (pre > 0))
        G2 = sum(np.outer(s, e) for s, e in zip(S1, e2))
        G1 = sum(np.outer(s, e) for s, e in zip(S0, e1))
        grads = {'b1': G1[-1], 'b2': G2[-1]}
        grads['W1'] = G1[:-1] + 2 * reg * W1
        grads['W2'] = G2[:-1] + 2 * reg * W2
        return cross + reg * energy, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        n = len(y)
        per_pass = max(int(n / batch_size), 1)
        losses = np.zeros(num_iters)
        train_acc, val_acc = [], []
        mu = learning_rate
        for t in range(num_iters):
            frame = np.random.randint(0, n, batch_size)
            losses[t], g = self.loss(X[frame], y[frame], reg)
            for name in ('W1', 'b1', 'W2', 'b2'):
                self.params[name] = self.params[name] - mu * g[name]
            if (t + 1) % per_pass == 0:
                train_acc.append(np.mean(1.0 * (self.predict(X[frame]) == y[frame])))
                val_acc.append(np.mean(1.0 * (self.predict(X_val) == y_val)))
                mu = mu * learning_rate_decay
        return {'loss_history': np.r_[losses], 'train_acc_history': train_acc, 'val_acc_history': val_acc}

    def predict(self, X):
        out = self.propagate(X)[-1]
        return np.apply_along_axis(np.argmax, 1, out)
