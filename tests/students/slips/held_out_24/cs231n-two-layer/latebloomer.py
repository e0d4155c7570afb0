import numpy as np


class TwoLayerNet(object):

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape
        H = W1.shape[1]
        C = W2.shape[1]

        scores = np.zeros((N, C))
        h1 = np.zeros((N, H))
        for i in range(N):
            # z = np.dot(X[i], W1[:, h]) + b1[h]
            z = np.dot(X[i], W1) + b1
            for h in range(H):
                if z[h] > 0:
                    h1[i, h] = z[h]
            # for c in range(C):
            #     scores[i, c] = np.sum(h1[i] * W2[:, c]) + b2[c]
        scores = h1.dot(W2) + b2

        if y is None:
            return scores

        loss = 0.0
        probs = np.zeros((N, C))
        for i in range(N):
            f = scores[i] - np.max(scores[i])
            sum_j = np.sum(np.exp(f))
            probs[i] = np.exp(f) / sum_j
            # loss += -np.log(probs[i, y[i]])
            loss += -f[y[i]] + np.log(sum_j)
        loss /= N
        loss += reg * np.sum(W1 * W1)
        loss += reg * np.sum(W2 * W2)

        grads = {}
        dscores = np.zeros((N, C))
        for i in range(N):
            for c in range(C):
                dscores[i, c] = probs[i, c]
                if c == y[i]:
                    dscores[i, c] = dscores[i, c] - 1
        dscores = dscores / N
        # vectorized now
        dW2 = np.dot(h1.T, dscores)
        db2 = np.zeros(C)
        for i in range(N):
            db2 += dscores[i]
        dhidden = np.dot(dscores, W2.T)
        dhidden[h1 <= 0] = 0
        dW1 = np.zeros((D, H))
        db1 = np.zeros(H)
        for h in range(H):
            dW1[:, h] = X.T.dot(dhidden[:, h])
            db1[h] = np.sum(dhidden[:, h])
        dW1 += reg * 2 * W1
        dW2 += reg * 2 * W2
        grads['W1'] = dW1
        grads['b1'] = db1
        grads['W2'] = dW2
        grads['b2'] = db2
        return loss, grads

    def train(self, X, y, X_val, y_val,
              learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = max(int(num_train / batch_size), 1)
        loss_history = []
        train_acc_history = []
        val_acc_history = []
        it = 0
        while it < num_iters:
            idx = np.random.permutation(num_train)
            idx = idx[:batch_size]
            X_batch = np.zeros((len(idx), X.shape[1]))
            y_batch = np.zeros(len(idx), dtype=int)
            for i in range(len(idx)):
                X_batch[i] = X[idx[i]]
                y_batch[i] = y[idx[i]]
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            self.params['W1'] = self.params['W1'] - learning_rate * grads['W1']
            self.params['b1'] = self.params['b1'] - learning_rate * grads['b1']
            self.params['W2'] = self.params['W2'] - learning_rate * grads['W2']
            self.params['b2'] = self.params['b2'] - learning_rate * grads['b2']
            # if verbose and it % 100 == 0:
            #     print('iteration %d / %d: loss %f' % (it, num_iters, loss))
            it += 1
            if it % iterations_per_epoch == 0:
                train_acc = (self.predict(X_batch) == y_batch).mean()
                val_acc = (self.predict(X_val) == y_val).mean()
                train_acc_history.append(train_acc)
                val_acc_history.append(val_acc)
                learning_rate *= learning_rate_decay
        return {
            'loss_history': loss_history,
            'train_acc_history': train_acc_history,
            'val_acc_history': val_acc_history,
        }

    def predict(self, X):
        scores = self.loss(X)
        y_pred = []
        for i in range(len(X)):
            y_pred.append(np.argmax(scores[i]))
        return np.array(y_pred)
