import numpy as np


class TwoLayerNet(object):
    # Lecture 4, "Neural networks and backpropagation"; examples are columns on the slides

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params['W1'].T, self.params['b1'][:, None]    # (H, D), (H, 1)
        W2, b2 = self.params['W2'].T, self.params['b2'][:, None]    # (C, H), (C, 1)
        A0 = X.T                                                    # (D, N)
        N = A0.shape[1]

        # slide 22: Z1 = W1 x + b1
        Z1 = W1.dot(A0) + b1
        # slide 23: h = max(0, Z1)
        A1 = Z1.copy()
        A1[A1 < 0] = 0
        # slide 24: s = W2 h + b2
        S = W2.dot(A1) + b2
        if y is None:
            return S.T

        # slide 31: numeric stability
        S = S - S.max(axis=0)
        # slide 30: p_k = e^{s_k} / sum_j e^{s_j}
        E = np.exp(S)
        P = E / E.sum(axis=0)
        # slide 32: L_i = -log p_{y_i} = log sum_j e^{s_j} - s_{y_i}
        L = np.log(E.sum(axis=0)) - S[y, np.arange(N)]
        # slide 33: L = 1/N sum_i L_i + lambda R(W)
        data_loss = L.sum() / N
        reg_loss = reg * (W1 ** 2).sum() + reg * (W2 ** 2).sum()
        loss = data_loss + reg_loss

        # slide 52: Y, one-hot columns
        Y = np.zeros_like(P)
        Y[y, np.arange(N)] = 1
        # slide 53: dS = (P - Y) / N
        dS = (P - Y) / N
        # slide 55: dW2 = dS h^T
        dW2 = dS.dot(A1.T)
        db2 = dS.sum(axis=1)
        # slide 56: dh = W2^T dS
        dA1 = W2.T.dot(dS)
        # slide 57: max gate
        dZ1 = dA1.copy()
        dZ1[Z1 <= 0] = 0
        # slide 58: dW1 = dZ1 x^T
        dW1 = dZ1.dot(A0.T)
        db1 = dZ1.sum(axis=1)
        # slide 60: d/dW lambda W^2 = 2 lambda W
        dW2 += reg * 2 * W2
        dW1 += reg * 2 * W1

        grads = {}
        grads['W1'] = dW1.T
        grads['b1'] = db1
        grads['W2'] = dW2.T
        grads['b2'] = db2
        return loss, grads

    def train(self, X, y, X_val, y_val,
              learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        N = X.shape[0]
        # slide 71: an epoch is N / B iterations
        iters_per_epoch = max(N // batch_size, 1)
        loss_history, train_acc_history, val_acc_history = [], [], []

        for t in range(1, num_iters + 1):
            # slide 70: sample a minibatch
            idx = np.random.choice(N, batch_size, replace=True)
            X_batch = X[idx]
            y_batch = y[idx]
            L, dW = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(L)
            # slide 72: W <- W - eta dL/dW
            self.params['W1'] = self.params['W1'] - learning_rate * dW['W1']
            self.params['b1'] = self.params['b1'] - learning_rate * dW['b1']
            self.params['W2'] = self.params['W2'] - learning_rate * dW['W2']
            self.params['b2'] = self.params['b2'] - learning_rate * dW['b2']
            # slide 74: step decay
            if t % iters_per_epoch == 0:
                train_acc_history.append(np.mean(self.predict(X_batch) == y_batch))
                val_acc_history.append(np.mean(self.predict(X_val) == y_val))
                learning_rate = learning_rate * learning_rate_decay

        return {'loss_history': loss_history,
                'train_acc_history': train_acc_history,
                'val_acc_history': val_acc_history}

    def predict(self, X):
        # slide 25
        S = self.loss(X).T
        y_pred = np.argmax(S, axis=0)
        return y_pred
