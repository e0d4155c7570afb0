import numpy as np


def one_in_k_encoding(vec, k):
    """ One-in-k encoding of vector to k classes """
    n = vec.shape[0]
    enc = np.zeros((n, k))
    enc[np.arange(n), vec] = 1
    return enc


def softmax(X):
    """ Compute the softmax of every row of X """
    # subtract max for numerical stability
    maxes = np.max(X, axis=1, keepdims=True)
    expX = np.exp(X - maxes)
    return expX / np.sum(expX, axis=1, keepdims=True)


def relu(x):
    """ Compute the relu activation function """
    return np.maximum(x, 0)


def get_init_params(input_dim, hidden_size, output_size):
    """ Initializer function using he et al """
    W1 = np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size))
    b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size))
    b2 = np.zeros((1, output_size))
    return {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}


class NetClassifier():

    def __init__(self):
        """ Trainable params and history """
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        """ Compute class prediction for all data points """
        if params is None:
            params = self.params
        W1 = params['W1']
        b1 = params['b1']
        W2 = params['W2']
        b2 = params['b2']
        hidden = relu(np.dot(X, W1) + b1)
        out = softmax(np.dot(hidden, W2) + b2)
        pred = np.argmax(out, axis=1)
        return pred

    def score(self, X, y, params=None):
        """ Compute accuracy of the model on X, y """
        pred = self.predict(X, params)
        acc = np.sum(pred == y) / len(y)
        return acc

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        """ Compute cost and gradient of the neural net """
        W1 = params['W1']
        b1 = params['b1']
        W2 = params['W2']
        b2 = params['b2']
        labels = one_in_k_encoding(y, W2.shape[1])
        n = X.shape[0]

        # forward pass
        z1 = np.dot(X, W1) + b1
        a1 = relu(z1)
        z2 = np.dot(a1, W2) + b2
        yy = softmax(z2)

        # cost
        L2 = np.sum(W1 ** 2) + np.sum(W2 ** 2)
        picked = yy[np.arange(n), y]
        cost = -np.mean(np.log(picked + 1e-15)) + reg * L2

        # backward pass
        delta2 = (yy - labels) / n
        d_w2 = np.dot(a1.T, delta2) + 2 * reg * W2
        d_b2 = np.sum(delta2, axis=0, keepdims=True)
        delta1 = np.dot(delta2, W2.T)
        delta1[z1 <= 0] = 0
        d_w1 = np.dot(X.T, delta1) + 2 * reg * W1
        d_b1 = np.sum(delta1, axis=0, keepdims=True)

        return cost, {'d_w1': d_w1, 'd_w2': d_w2, 'd_b1': d_b1, 'd_b2': d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        """ Run mini-batch gradient descent """
        W1 = init_params['W1'].copy()
        b1 = init_params['b1'].copy()
        W2 = init_params['W2'].copy()
        b2 = init_params['b2'].copy()
        params = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
        hist = {'train_loss': [], 'train_acc': [], 'val_loss': [], 'val_acc': []}
        n = X_train.shape[0]

        for epoch in range(epochs):
            # shuffle the data
            perm = np.random.permutation(n)
            X_shuf = X_train[perm]
            y_shuf = y_train[perm]
            for i in range(0, n, batch_size):
                X_batch = X_shuf[i:i + batch_size]
                y_batch = y_shuf[i:i + batch_size]
                _, grads = self.cost_grad(X_batch, y_batch, params, reg)
                params['W1'] = params['W1'] - lr * grads['d_w1']
                params['b1'] = params['b1'] - lr * grads['d_b1']
                params['W2'] = params['W2'] - lr * grads['d_w2']
                params['b2'] = params['b2'] - lr * grads['d_b2']

            # save history
            train_loss, _ = self.cost_grad(X_train, y_train, params, reg)
            val_loss, _ = self.cost_grad(X_val, y_val, params, reg)
            hist['train_loss'].append(train_loss)
            hist['train_acc'].append(self.score(X_train, y_train, params))
            hist['val_loss'].append(val_loss)
            hist['val_acc'].append(self.score(X_val, y_val, params))

        self.params = params
        self.history = hist
