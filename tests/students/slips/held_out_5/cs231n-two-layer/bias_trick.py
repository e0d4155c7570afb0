import numpy as np

# Bias trick from the notes: stack b under W and a column of ones beside X.


def with_ones(A):
    return np.hstack((A, np.ones((A.shape[0], 1))))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        for n, (i, o) in enumerate([(input_size, hidden_size), (hidden_size, output_size)], start=1):
            self.params['W%d' % n] = np.random.randn(i, o) * std
            self.params['b%d' % n] = np.zeros(o)

    def stacked(self, n):
        return np.vstack((self.params['W%d' % n], self.params['b%d' % n][None, :]))

    def loss(self, X, y=None, reg=0.0):
        V1, V2 = self.stacked(1), self.stacked(2)
        X1 = with_ones(X)
        H = np.maximum(X1 @ V1, 0)
        H1 = with_ones(H)
        S = H1 @ V2
        if y is None:
            return S
        N = y.shape[0]
        E = np.exp(S - S.max(1, keepdims=True))
        P = E / E.sum(1, keepdims=True)
        target = np.zeros_like(P)
        target[np.arange(N), y] = 1
        loss = -(target * np.log(P + 1e-12)).sum() / N + reg * ((V1[:-1] ** 2).sum() + (V2[:-1] ** 2).sum())
        G2 = (P - target) / N
        dV2 = H1.T @ G2
        G1 = (G2 @ V2.T)[:, :-1] * (H > 0)
        dV1 = X1.T @ G1
        return loss, {
            'W1': dV1[:-1] + 2 * reg * V1[:-1], 'b1': dV1[-1],
            'W2': dV2[:-1] + 2 * reg * V2[:-1], 'b2': dV2[-1],
        }

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        losses, tr, va = [], [], []
        rate = learning_rate
        steps_per_epoch = max(len(X) // batch_size, 1)
        order = np.random.permutation(len(X))
        at = 0
        for it in range(num_iters):
            if at + batch_size > len(order):
                order, at = np.random.permutation(len(X)), 0
            now = order[at:at + batch_size]
            at += batch_size
            L, G = self.loss(X[now], y[now], reg)
            losses.append(L)
            for k in ('W1', 'b1', 'W2', 'b2'):
                self.params[k] -= rate * G[k]
            if (it + 1) % steps_per_epoch == 0:
                rate *= learning_rate_decay
                tr.append((self.predict(X) == y).mean())
                va.append((self.predict(X_val) == y_val).mean())
        return dict(loss_history=losses, train_acc_history=tr, val_acc_history=va)

    def predict(self, X):
        return np.array([int(np.argmax(s)) for s in self.loss(X)])
