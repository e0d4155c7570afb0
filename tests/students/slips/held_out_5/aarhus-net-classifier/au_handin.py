import numpy as np
import os
try:
    from sklearn.datasets import fetch_openml
except ImportError:
    fetch_openml = None


def one_in_k_encoding(vec, k):
    """ One-in-k encoding of vector to k classes """
    n = vec.shape[0]
    enc = np.zeros((n, k))
    enc[np.arange(n), vec] = 1
    return enc


def softmax(X):
    """ You can take this from handin I """
    ### YOUR CODE HERE
    row_max = np.max(X, axis=1).reshape(-1, 1)
    log_sum = np.log(np.sum(np.exp(X - row_max), axis=1)).reshape(-1, 1)
    res = np.exp(X - row_max - log_sum)
    ### END CODE
    return res


def relu(x):
    ### YOUR CODE HERE
    res = x.copy()
    res[res < 0] = 0
    ### END CODE
    return res


def make_dict(W1, b1, W2, b2):
    """ Trivial helper function """
    return {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}


class NetClassifier():

    def __init__(self):
        """ Trivial Init """
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        pred = None
        ### YOUR CODE HERE
        hidden = relu(np.dot(X, params['W1']) + params['b1'])
        out = softmax(np.dot(hidden, params['W2']) + params['b2'])
        pred = np.argmax(out, axis=1)
        ### END CODE
        return pred

    def score(self, X, y, params=None):
        if params is None:
            params = self.params
        ### YOUR CODE HERE
        correct = (self.predict(X, params) == y)
        acc = np.sum(correct) / y.shape[0]
        ### END CODE
        return acc

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        cost = None
        W1, b1, W2, b2 = params['W1'], params['b1'], params['W2'], params['b2']
        labels = one_in_k_encoding(y, W2.shape[1])  # shape n x k
        n = X.shape[0]
        ### YOUR CODE HERE - FORWARD PASS
        a = np.dot(X, W1) + b1
        h = relu(a)
        s = np.dot(h, W2) + b2
        probs = softmax(s)
        nll = -np.log(probs[np.arange(n), y])
        cost = nll.mean() + reg * (np.sum(W1 ** 2) + np.sum(W2 ** 2))
        ### END CODE

        ### YOUR CODE HERE - BACKWARDS PASS
        d_s = (probs - labels) / n
        d_w2 = np.dot(h.T, d_s) + 2 * reg * W2
        d_b2 = np.sum(d_s, axis=0, keepdims=True)
        d_h = np.dot(d_s, W2.T)
        d_a = d_h.copy()
        d_a[a <= 0] = 0
        d_w1 = np.dot(X.T, d_a) + 2 * reg * W1
        d_b1 = np.sum(d_a, axis=0, keepdims=True)
        ### END CODE
        return cost, {'d_w1': d_w1, 'd_w2': d_w2, 'd_b1': d_b1, 'd_b2': d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params['W1'].copy()
        b1 = init_params['b1'].copy()
        W2 = init_params['W2'].copy()
        b2 = init_params['b2'].copy()
        train_loss = np.zeros(epochs)
        train_acc = np.zeros(epochs)
        val_loss = np.zeros(epochs)
        val_acc = np.zeros(epochs)
        n = X_train.shape[0]
        ### YOUR CODE HERE
        for e in range(epochs):
            perm = np.random.permutation(n)
            X_shuffled = X_train[perm]
            y_shuffled = y_train[perm]
            for j in range(0, n, batch_size):
                X_batch = X_shuffled[j:j + batch_size]
                y_batch = y_shuffled[j:j + batch_size]
                _, grads = self.cost_grad(X_batch, y_batch, make_dict(W1, b1, W2, b2), reg)
                W1 = W1 - lr * grads['d_w1']
                b1 = b1 - lr * grads['d_b1']
                W2 = W2 - lr * grads['d_w2']
                b2 = b2 - lr * grads['d_b2']
            current = make_dict(W1, b1, W2, b2)
            train_loss[e], _ = self.cost_grad(X_train, y_train, current, reg)
            val_loss[e], _ = self.cost_grad(X_val, y_val, current, reg)
            train_acc[e] = self.score(X_train, y_train, current)
            val_acc[e] = self.score(X_val, y_val, current)
            print('epoch', e, 'val acc', val_acc[e])
        ### END CODE
        self.params = make_dict(W1, b1, W2, b2)
        self.history = {'train_loss': train_loss, 'train_acc': train_acc, 'val_loss': val_loss, 'val_acc': val_acc}


def numerical_grad_check(f, x, key):
    """ Numerical Gradient Checker """
    eps = 1e-6
    h = 1e-5
    cost, grad = f(x)
    grad = grad[key]
    it = np.nditer(x, flags=['multi_index'])
    while not it.finished:
        dim = it.multi_index
        tmp = x[dim]
        x[dim] = tmp + h
        cplus, _ = f(x)
        x[dim] = tmp - h
        cminus, _ = f(x)
        x[dim] = tmp
        num_grad = (cplus - cminus) / (2 * h)
        assert np.abs(num_grad - grad[dim]) < eps
        it.iternext()


if __name__ == '__main__':
    input_dim = 3
    hidden_size = 5
    output_size = 3
    nc = NetClassifier()
    print('done')
