from __future__ import print_function

import numpy as np


class TwoLayerNet(object):
    """
    A two-layer fully-connected neural network.
    input - fully connected layer - ReLU - fully connected layer - softmax
    """

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        # Unpack variables from the params dictionary
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape

        # Compute the forward pass
        fc1 = X.dot(W1) + b1           # fully connected
        relu = lambda x: np.maximum(0, x)   # from the lecture, f = lambda x: ...
        X2 = relu(fc1)
        scores = X2.dot(W2) + b2

        # If the targets are not given then jump out, we're done
        if y is None:
            return scores

        # Compute the loss
        # numeric stability: http://cs231n.github.io/linear-classify/#softmax
        f = scores - np.max(scores, axis=1, keepdims=True)
        exp_scores = np.exp(f)
        probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        # not -np.log(probs), that is inf when a prob underflows
        L_i = np.log(np.sum(exp_scores, axis=1)) - f[np.arange(N), y]
        loss = np.sum(L_i) / N
        loss += reg * (np.sum(W2 * W2) + np.sum(W1 * W1))

        # Backward pass: compute gradients
        grads = {}
        dscores = probs.copy()
        dscores[range(N), list(y)] -= 1
        dscores /= N
        grads['W2'] = X2.T.dot(dscores) + 2 * reg * W2
        grads['b2'] = np.sum(dscores, axis=0)

        dX2 = dscores.dot(W2.T)
        dfc1 = dX2 * (fc1 > 0)
        grads['W1'] = X.T.dot(dfc1) + 2 * reg * W1
        grads['b1'] = dfc1.sum(axis=0)

        return loss, grads

    def train(self, X, y, X_val, y_val,
              learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = max(int(num_train / batch_size), 1)

        # Use SGD to optimize the parameters in self.model
        loss_history = []
        train_acc_history = []
        val_acc_history = []

        for it in range(num_iters):
            # random minibatch; with replacement is faster (see softmax.py of this assignment)
            sample_indices = np.random.choice(np.arange(num_train), batch_size)
            X_batch = X[sample_indices]
            y_batch = y[sample_indices]

            # Compute loss and gradients using the current minibatch
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)

            # vanilla update
            self.params['W1'] += -learning_rate * grads['W1']
            self.params['b1'] += -learning_rate * grads['b1']
            self.params['W2'] += -learning_rate * grads['W2']
            self.params['b2'] += -learning_rate * grads['b2']

            if verbose and it % 100 == 0:
                print('iteration %d / %d: loss %f' % (it, num_iters, loss))

            # Every epoch, check train and val accuracy and decay learning rate.
            if it % iterations_per_epoch == 0:
                train_acc = (self.predict(X_batch) == y_batch).mean()
                val_acc = (self.predict(X_val) == y_val).mean()
                train_acc_history.append(train_acc)
                val_acc_history.append(val_acc)

                # Decay learning rate
                learning_rate *= learning_rate_decay

        return {
          'loss_history': loss_history,
          'train_acc_history': train_acc_history,
          'val_acc_history': val_acc_history,
        }

    def predict(self, X):
        # could call self.loss(X) but the forum says to write it out
        a1 = X.dot(self.params['W1']) + self.params['b1']
        a1[a1 < 0] = 0
        y_pred = np.argmax(a1.dot(self.params['W2']) + self.params['b2'], axis=1)
        return y_pred
