import numpy as np


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return dout.dot(w.T), x.T.dot(dout), dout.sum(axis=0)


def relu_forward(x):
    return x * (x > 0), x


def relu_backward(dout, cache):
    dx = np.array(dout, copy=True)
    dx[cache <= 0] = 0
    return dx


def softmax_loss(x, y):
    shifted_logits = x - np.max(x, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted_logits), axis=1, keepdims=True)
    log_probs = shifted_logits - np.log(Z)
    probs = np.exp(log_probs)
    N = x.shape[0]
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


class TwoLayerNet(object):

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            'W1': np.random.normal(0, std, (input_size, hidden_size)),
            'b1': np.zeros((hidden_size,)),
            'W2': np.random.normal(0, std, (hidden_size, output_size)),
            'b2': np.zeros((output_size,)),
        }

    def loss(self, X, y=None, reg=0.0):
        a, cache1 = affine_forward(X, self.params['W1'], self.params['b1'])
        r, cache2 = relu_forward(a)
        scores, cache3 = affine_forward(r, self.params['W2'], self.params['b2'])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        # half-squared penalty, so that the gradient is just reg * W
        loss += 0.5 * reg * (np.sum(self.params['W1'] ** 2) + np.sum(self.params['W2'] ** 2))
        grads = {}
        dr, grads['W2'], grads['b2'] = affine_backward(dscores, cache3)
        da = relu_backward(dr, cache2)
        _, grads['W1'], grads['b1'] = affine_backward(da, cache1)
        for name in ('W1', 'W2'):
            grads[name] = grads[name] + reg * self.params[name]
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        stats = {'loss_history': [], 'train_acc_history': [], 'val_acc_history': []}
        epoch_len = max(int(X.shape[0] / batch_size), 1)
        for i in range(num_iters):
            mask = np.random.choice(X.shape[0], batch_size)
            loss, grads = self.loss(X[mask], y[mask], reg)
            stats['loss_history'] += [loss]
            for p in self.params:
                self.params[p] = self.params[p] - learning_rate * grads[p]
            if i % epoch_len == epoch_len - 1:
                stats['train_acc_history'] += [self.accuracy(X[mask], y[mask])]
                stats['val_acc_history'] += [self.accuracy(X_val, y_val)]
                learning_rate *= learning_rate_decay
        return stats

    def accuracy(self, X, y):
        return (self.predict(X) == y).mean()

    def predict(self, X):
        return np.argsort(self.loss(X), axis=1)[:, -1]
