import numpy as np

# Notation of the slides of week 6: capital letters are matrices, one example per COLUMN.


def one_in_k_encoding(vec, k):
    enc = np.zeros((len(vec), k))
    enc[np.arange(len(vec)), vec] = 1
    return enc


def softmax(X):
    Z = X.T
    # slide 7: shift
    Z = Z - np.max(Z, axis=0, keepdims=True)
    # slide 6: log softmax = z - log sum exp z
    logA = Z - np.log(np.sum(np.exp(Z), axis=0, keepdims=True))
    A = np.exp(logA)
    return A.T


def relu(x):
    # slide 11: (z + |z|) / 2
    return (x + np.abs(x)) / 2


def get_init_params(input_dim, hidden_size, output_size):
    # slide 31
    W1 = np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size))
    b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size))
    b2 = np.zeros((1, output_size))
    return {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}


def forward(X, params):
    # slide 3: columns
    W1, b1 = params['W1'].T, params['b1'].reshape(-1, 1)
    W2, b2 = params['W2'].T, params['b2'].reshape(-1, 1)
    A0 = X.T
    # slide 15
    Z1 = W1 @ A0 + b1
    # slide 16
    A1 = relu(Z1)
    # slide 17
    Z2 = W2 @ A1 + b2
    # slide 18
    A2 = softmax(Z2.T).T
    return A0, Z1, A1, Z2, A2


class NetClassifier():
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        _, _, _, _, A2 = forward(X, params)
        # slide 19
        return np.argmax(A2, axis=0)

    def score(self, X, y, params=None):
        y_hat = self.predict(X, params)
        # slide 20
        return np.sum(y_hat == y) / y.shape[0]

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, W2 = params['W1'].T, params['W2'].T
        m = X.shape[0]
        A0, Z1, A1, Z2, A2 = forward(X, params)
        Y = one_in_k_encoding(y, W2.shape[0]).T

        # slide 21
        L = -np.sum(Y * np.log(np.maximum(A2, 1e-15)), axis=0)
        # slide 22
        J = np.mean(L)
        # slide 23
        R = np.sum(np.square(W1)) + np.sum(np.square(W2))
        cost = J + reg * R

        # slide 40
        dZ2 = (A2 - Y) / m
        # slide 41
        dW2 = dZ2 @ A1.T
        # slide 42
        db2 = np.sum(dZ2, axis=1, keepdims=True)
        # slide 43
        dA1 = W2.T @ dZ2
        # slide 44
        dZ1 = dA1 * np.heaviside(Z1, 0)
        # slide 45
        dW1 = dZ1 @ A0.T
        # slide 46
        db1 = np.sum(dZ1, axis=1, keepdims=True)
        # slide 48
        dW2 = dW2 + 2 * reg * W2
        dW1 = dW1 + 2 * reg * W1

        return cost, {'d_w1': dW1.T, 'd_w2': dW2.T, 'd_b1': db1.T, 'd_b2': db2.T}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params['W1'].copy()
        b1 = init_params['b1'].copy()
        W2 = init_params['W2'].copy()
        b2 = init_params['b2'].copy()
        m = X_train.shape[0]
        train_loss, train_acc, val_loss, val_acc = [], [], [], []

        for epoch in range(epochs):
            # slide 52: shuffle
            perm = np.random.permutation(m)
            X_sh = X_train[perm]
            y_sh = y_train[perm]
            t = 0
            while t < m:
                # slide 53: mini-batch t
                X_t = X_sh[t:t + batch_size]
                y_t = y_sh[t:t + batch_size]
                theta = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
                J, g = self.cost_grad(X_t, y_t, theta, reg)
                # slide 54: gradient step
                W1 = W1 - lr * g['d_w1']
                b1 = b1 - lr * g['d_b1']
                W2 = W2 - lr * g['d_w2']
                b2 = b2 - lr * g['d_b2']
                t = t + batch_size

            # slide 55: learning curves
            theta = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
            train_loss.append(self.cost_grad(X_train, y_train, theta, reg)[0])
            val_loss.append(self.cost_grad(X_val, y_val, theta, reg)[0])
            train_acc.append(self.score(X_train, y_train, theta))
            val_acc.append(self.score(X_val, y_val, theta))

        self.params = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
        self.history = {'train_loss': train_loss, 'train_acc': train_acc, 'val_loss': val_loss, 'val_acc': val_acc}
