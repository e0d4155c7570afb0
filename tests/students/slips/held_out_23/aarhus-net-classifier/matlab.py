import numpy as np
from numpy import ones, zeros, size, log, exp


def one_in_k_encoding(vec, k):
    Y = zeros((size(vec), k))
    for i in range(size(vec)):
        Y[i, vec[i]] = 1
    return Y


def softmax(X):
    # columns are examples inside
    Z = X.T
    k = size(Z, 0)
    Z = Z - ones((k, 1)) @ np.max(Z, 0)[None, :]
    E = exp(Z)
    return (E / (ones((k, k)) @ E)).T


def relu(x):
    return x * (x > 0)


def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.randn(input_dim, hidden_size) * np.sqrt(2 / input_dim)
    W2 = np.random.randn(hidden_size, output_size) * np.sqrt(2 / hidden_size)
    return {'W1': W1, 'b1': zeros((1, hidden_size)), 'W2': W2, 'b2': zeros((1, output_size))}


class NetClassifier():

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        n = size(X, 0)
        e = ones((1, n))
        A1 = relu(params['W1'].T @ X.T + params['b1'].T @ e)       # h x n
        Z2 = params['W2'].T @ A1 + params['b2'].T @ e              # k x n
        return np.argmax(Z2, axis=0)

    def score(self, X, y, params=None):
        hits = self.predict(X, params) == y
        return hits.sum() / size(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n = size(X, 0)
        e = ones((1, n))                                            # 1 x n
        A0 = X.T                                                    # d x n
        T1 = params['W1'].T                                         # h x d
        T2 = params['W2'].T                                         # k x h
        k = size(T2, 0)
        Y = one_in_k_encoding(y, k).T                               # k x n

        Z1 = T1 @ A0 + params['b1'].T @ e
        A1 = relu(Z1)
        Z2 = T2 @ A1 + params['b2'].T @ e
        P = softmax(Z2.T).T

        J = -(1 / n) * np.sum(log(np.sum(Y * P, axis=0) + 1e-15))
        J = J + reg * (np.sum(T1 ** 2) + np.sum(T2 ** 2))

        d3 = P - Y                                                  # k x n
        d2 = (T2.T @ d3) * (A1 > 0)                                 # h x n

        G2 = (1 / n) * d3 @ A1.T                                    # k x h
        G1 = (1 / n) * d2 @ A0.T                                    # h x d
        g2 = (1 / n) * d3 @ e.T                                     # k x 1
        g1 = (1 / n) * d2 @ e.T                                     # h x 1
        G2 = G2 + 2 * reg * T2
        G1 = G1 + 2 * reg * T1

        return J, {'d_w1': G1.T, 'd_w2': G2.T, 'd_b1': g1.T, 'd_b2': g2.T}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        n = size(X_train, 0)
        W1 = init_params['W1'].copy()
        b1 = init_params['b1'].copy()
        W2 = init_params['W2'].copy()
        b2 = init_params['b2'].copy()
        nb = int(np.ceil(n / batch_size))
        H = zeros((epochs, 4))

        for t in range(epochs):
            perm = np.random.permutation(n)
            Xp = X_train[perm, :]
            yp = y_train[perm]
            for j in range(nb):
                lo = j * batch_size
                hi = (j + 1) * batch_size
                P = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
                J, G = self.cost_grad(Xp[lo:hi, :], yp[lo:hi], P, reg)
                W1 = W1 - lr * G['d_w1']
                b1 = b1 - lr * G['d_b1']
                W2 = W2 - lr * G['d_w2']
                b2 = b2 - lr * G['d_b2']
            P = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
            H[t, 0] = self.cost_grad(X_train, y_train, P, reg)[0]
            H[t, 1] = self.score(X_train, y_train, P)
            H[t, 2] = self.cost_grad(X_val, y_val, P, reg)[0]
            H[t, 3] = self.score(X_val, y_val, P)

        self.params = P
        self.history = {'train_loss': H[:, 0], 'train_acc': H[:, 1], 'val_loss': H[:, 2], 'val_acc': H[:, 3]}
