import math

import numpy as np


def max_index(v, count):
    where = 0
    for q in range(1, count):
        if v[q] > v[where]:
            where = q
    return where


class TwoLayerNet(object):

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def _forward_one(self, x):
        """one example -> pre-activations, activations, scores"""
        W1 = self.params['W1']
        b1 = self.params['b1']
        W2 = self.params['W2']
        b2 = self.params['b2']
        H = W1.shape[1]
        C = W2.shape[1]
        pre = np.zeros(H)
        act = np.zeros(H)
        out = np.zeros(C)
        for j in range(H):
            pre[j] = np.dot(x, W1[:, j]) + b1[j]
            if pre[j] > 0:
                act[j] = pre[j]
            else:
                act[j] = 0
        for c in range(C):
            out[c] = np.dot(act, W2[:, c]) + b2[c]
        return pre, act, out

    def loss(self, X, y=None, reg=0.0):
        W1 = self.params['W1']
        W2 = self.params['W2']
        N = X.shape[0]
        D = X.shape[1]
        H = W1.shape[1]
        C = W2.shape[1]

        pre = np.zeros((N, H))
        act = np.zeros((N, H))
        scores = np.zeros((N, C))
        for i in range(N):
            pre[i], act[i], scores[i] = self._forward_one(X[i])
        if y is None:
            return scores

        dW1 = np.zeros((D, H))
        db1 = np.zeros(H)
        dW2 = np.zeros((H, C))
        db2 = np.zeros(C)
        loss = 0.0
        prob = np.zeros(C)
        back = np.zeros(H)
        for i in range(N):
            top = scores[i, max_index(scores[i], C)]
            denom = 0.0
            for c in range(C):
                prob[c] = math.exp(scores[i, c] - top)
                denom += prob[c]
            loss += math.log(denom) - (scores[i, y[i]] - top)
            for c in range(C):
                prob[c] /= denom
            prob[y[i]] -= 1.0
            for j in range(H):
                back[j] = 0.0
                if pre[i, j] > 0:
                    back[j] = np.dot(W2[j], prob)
            for j in range(H):
                dW2[j] += act[i, j] * prob
            db2 += prob
            for j in range(H):
                if back[j] != 0:
                    dW1[:, j] += X[i] * back[j]
            db1 += back

        loss /= N
        dW1 /= N
        db1 /= N
        dW2 /= N
        db2 /= N
        loss += reg * (W1 * W1).sum()
        loss += reg * (W2 * W2).sum()
        dW1 += 2.0 * reg * W1
        dW2 += 2.0 * reg * W2
        return loss, {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        N = X.shape[0]
        steps_per_pass = N // batch_size
        if steps_per_pass < 1:
            steps_per_pass = 1
        loss_history = [0.0] * num_iters
        train_acc_history = []
        val_acc_history = []
        counter = 0
        for it in range(num_iters):
            xb = np.zeros((batch_size, X.shape[1]))
            yb = np.zeros(batch_size, dtype=np.int64)
            for q in range(batch_size):
                pick = np.random.randint(N)
                xb[q] = X[pick]
                yb[q] = y[pick]
            loss, grads = self.loss(xb, yb, reg)
            loss_history[it] = loss
            for key in ['W1', 'b1', 'W2', 'b2']:
                self.params[key] = self.params[key] - learning_rate * grads[key]
            counter += 1
            if counter == steps_per_pass:
                counter = 0
                learning_rate = learning_rate * learning_rate_decay
                train_acc_history.append((self.predict(xb) == yb).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                if verbose:
                    print('iteration %d / %d: loss %f' % (it, num_iters, loss))
        return {
            'loss_history': loss_history,
            'train_acc_history': train_acc_history,
            'val_acc_history': val_acc_history,
        }

    def predict(self, X):
        N = X.shape[0]
        C = self.params['W2'].shape[1]
        labels = np.zeros(N, dtype=np.int64)
        for i in range(N):
            pre, act, out = self._forward_one(X[i])
            labels[i] = max_index(out, C)
        return labels
