import numpy as np
from numpy import ones, zeros, size, exp, log, sum, hstack, vstack


class TwoLayerNet:
    # Theta = [W; b'], inputs get a column of ones

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {'W1': std * np.random.randn(input_size, hidden_size),
                       'b1': zeros(hidden_size),
                       'W2': std * np.random.randn(hidden_size, output_size),
                       'b2': zeros(output_size)}

    def loss(self, X, y=None, reg=0.0):
        m = size(X, 0)
        Theta1 = vstack([self.params['W1'], self.params['b1'].reshape(1, -1)])   # (D+1) x H
        Theta2 = vstack([self.params['W2'], self.params['b2'].reshape(1, -1)])   # (H+1) x C
        C = size(Theta2, 1)

        a1 = hstack([X, ones((m, 1))])                  # m x (D+1)
        z2 = a1 @ Theta1
        a2 = hstack([z2 * (z2 > 0), ones((m, 1))])      # m x (H+1)
        z3 = a2 @ Theta2                                # m x C
        if y is None:
            return z3

        I = np.eye(C)
        Y = I[y, :]                                     # m x C
        z3 = z3 - np.max(z3, axis=1).reshape(m, 1) @ ones((1, C))
        s = sum(exp(z3), axis=1).reshape(m, 1)
        h = exp(z3) / (s @ ones((1, C)))
        J = sum(log(s)) / m - sum(sum(Y * z3, axis=1)) / m
        J = J + reg * (sum(Theta1[:-1, :] ** 2) + sum(Theta2[:-1, :] ** 2))

        d3 = (h - Y).T                                  # C x m
        d2 = Theta2[:-1, :] @ d3                        # H x m
        d2 = d2 * (z2.T > 0)

        Theta1_grad = (d2 @ a1).T / m
        Theta2_grad = (d3 @ a2).T / m
        Theta1_grad[:-1, :] = Theta1_grad[:-1, :] + 2 * reg * Theta1[:-1, :]
        Theta2_grad[:-1, :] = Theta2_grad[:-1, :] + 2 * reg * Theta2[:-1, :]

        grads = {'W1': Theta1_grad[:-1, :], 'b1': Theta1_grad[-1, :],
                 'W2': Theta2_grad[:-1, :], 'b2': Theta2_grad[-1, :]}
        return J, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        m = size(X, 0)
        perepoch = max(int(m / batch_size), 1)
        J_hist = zeros(num_iters)
        tr = []
        va = []
        for t in range(num_iters):
            sel = np.random.randint(0, m, (batch_size,))
            Xb = X[sel, :]
            yb = y[sel]
            J_hist[t], g = self.loss(Xb, yb, reg)
            # rate after floor(t/perepoch) passes
            alpha = learning_rate * learning_rate_decay ** (t // perepoch)
            for p in ['W1', 'b1', 'W2', 'b2']:
                self.params[p] = self.params[p] - alpha * g[p]
            if t % perepoch == 0:
                tr.append(sum(self.predict(Xb) == yb) / batch_size)
                va.append(sum(self.predict(X_val) == y_val) / size(X_val, 0))
        return {'loss_history': J_hist, 'train_acc_history': tr, 'val_acc_history': va}

    def predict(self, X):
        z3 = self.loss(X).T                             # C x m
        return np.argmax(z3, axis=0)
