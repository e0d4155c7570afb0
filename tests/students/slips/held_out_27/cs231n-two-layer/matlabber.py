# CS231n A1, two layer net. I wrote it in Matlab first (twoLayerNet.m, examples in columns),
# so Z = W*X + repmat(b,1,N) has become Z = X W + repmat(b,N,1).
import numpy as np
from numpy import dot, exp, log, ones, zeros, arange, tile


def repmat(v, r, c):
    return tile(np.atleast_2d(v), (r, c))


def sub2ind(shape, r, c):
    # linear index, row by row (Matlab: column by column), from 0
    return r * shape[1] + c


class TwoLayerNet:

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1 = self.params['W1']
        b1 = self.params['b1']
        W2 = self.params['W2']
        b2 = self.params['b2']
        N = X.shape[0]
        C = W2.shape[1]

        # forward
        Z1 = dot(X, W1) + repmat(b1, N, 1)
        on = (Z1 > 0) * 1.0
        A1 = Z1 * on
        scores = dot(A1, W2) + repmat(b2, N, 1)
        if y is None:
            return scores

        # softmax: S = bsxfun(@minus, scores, max(scores, [], 2))
        top = scores.max(axis=1).reshape(N, 1)
        S = scores - repmat(top, 1, C)
        E = exp(S)
        total = dot(E, ones((C, 1)))
        P = E / repmat(total, 1, C)

        # ind = sub2ind(size(P), 1:N, y)
        ind = sub2ind(P.shape, arange(N), y)
        # log(P(ind)) = S(ind) - log(total)
        logp = S.ravel()[ind] - log(total.ravel())
        data_loss = -sum(logp) / N
        reg_loss = reg * dot(W1.ravel(), W1.ravel()) + reg * dot(W2.ravel(), W2.ravel())

        # backward
        Y = zeros(N * C)
        Y[ind] = 1
        Y = Y.reshape(N, C)
        D2 = (P - Y) / N
        D1 = dot(D2, W2.T) * on
        grads = {}
        grads['W2'] = dot(A1.T, D2) + reg * 2 * W2
        grads['b2'] = dot(ones(N), D2)
        grads['W1'] = dot(X.T, D1) + reg * 2 * W1
        grads['b1'] = dot(ones(N), D1)
        return data_loss + reg_loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        N = X.shape[0]
        per_pass = max(int(np.floor(N / batch_size)), 1)
        alpha = learning_rate
        loss_history = zeros(num_iters)
        train_acc = []
        val_acc = []
        # for it = 1:num_iters
        for it in range(1, num_iters + 1):
            # idx = randi(N, batch_size, 1), from 0 here
            idx = np.random.randint(0, N, batch_size)
            Xb = X[idx, :]
            yb = y[idx]
            [L, g] = self.loss(Xb, yb, reg)
            loss_history[it - 1] = L
            self.params['W1'] = self.params['W1'] - alpha * g['W1']
            self.params['b1'] = self.params['b1'] - alpha * g['b1']
            self.params['W2'] = self.params['W2'] - alpha * g['W2']
            self.params['b2'] = self.params['b2'] - alpha * g['b2']
            if it % per_pass == 0:
                train_acc.append(np.mean(self.predict(Xb) == yb))
                val_acc.append(np.mean(self.predict(X_val) == y_val))
                alpha = alpha * learning_rate_decay
            if verbose:
                print('it %d: %f' % (it, L))
        return {'loss_history': list(loss_history), 'train_acc_history': train_acc, 'val_acc_history': val_acc}

    def predict(self, X):
        scores = self.loss(X)
        # [~, k] = max(scores, [], 2); no k - 1 needed
        return scores.argmax(axis=1)
