"""Net classifier with the biases as the last row of each mixing matrix and a column of ones on every signal."""
import numpy as np


def relu(x):
    gate = 1.0 * (x > 0)
    return gate * x


def softmax(X):
    top = np.amax(X, 1)
    e = np.exp(X - np.c_[top])
    return e / np.c_[e.sum(1)]


def one_in_k_encoding(vec, k):
    return 1.0 * (np.c_[vec] == np.r_[0:k])


def pad(X):
    return np.c_[X, np.ones(X.shape[0])]


def pack(params):
    return (np.r_[params['W1'], params['b1'].reshape(1, -1)],
            np.r_[params['W2'], params['b2'].reshape(1, -1)])


def unpack(T1, T2):
    return {'W1': T1[:-1], 'b1': T1[-1:], 'W2': T2[:-1], 'b2': T2[-1:]}


def not_bias(T):
    """1 on the rows of weights, 0 on the row of the bias."""
    m = np.ones(T.shape)
    m[-1] = 0.0
    return m


def correlate(A, B):
    R = np.zeros((A.shape[1], B.shape[1]))
    for a, b in zip(A, B):
        R += np.outer(a, b)
    return R


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        T1, T2 = pack(self.params if params is None else params)
        out = np.dot(pad(relu(np.dot(pad(X), T1))), T2)
        return np.apply_along_axis(np.argmax, 1, out)

    def score(self, X, y, params=None):
        hit = 1.0 * (self.predict(X, params) == y)
        return np.cumsum(hit)[-1] / len(hit)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        T1, T2 = pack(params)
        n = X.shape[0]
        S0 = pad(X)
        pre = np.dot(S0, T1)
        S1 = pad(relu(pre))
        p = softmax(np.dot(S1, T2))
        mask = one_in_k_encoding(y, T2.shape[1])
        level = np.sum(mask * p, 1)
        energy = np.sum((not_bias(T1) * T1) ** 2) + np.sum((not_bias(T2) * T2) ** 2)
        cost = np.sum(-np.log(level)) / n + reg * energy

        e2 = (p - mask) / n
        back = np.dot(e2, T2.T)[:, :-1]
        e1 = back * (1.0 * (pre > 0))
        G2 = correlate(S1, e2) + 2 * reg * not_bias(T2) * T2
        G1 = correlate(S0, e1) + 2 * reg * not_bias(T1) * T1
        return cost, {'d_w1': G1[:-1], 'd_b1': G1[-1:], 'd_w2': G2[:-1], 'd_b2': G2[-1:]}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        T1, T2 = pack(init_params)
        n = len(y_train)
        edges = np.r_[0:n:batch_size, n]
        log = np.zeros((epochs, 4))
        for epoch in range(epochs):
            order = np.argsort(np.random.rand(n))
            mu = lr
            for left, right in zip(edges[:-1], edges[1:]):
                frame = order[left:right]
                g = self.cost_grad(X_train[frame], y_train[frame], unpack(T1, T2), reg)[1]
                T1 = T1 - mu * np.r_[g['d_w1'], g['d_b1']]
                T2 = T2 - mu * np.r_[g['d_w2'], g['d_b2']]
            now = unpack(T1, T2)
            log[epoch, 0] = self.cost_grad(X_train, y_train, now, reg)[0]
            log[epoch, 1] = self.score(X_train, y_train, now)
            log[epoch, 2] = self.cost_grad(X_val, y_val, now, reg)[0]
            log[epoch, 3] = self.score(X_val, y_val, now)
        self.params = unpack(T1, T2)
        self.history = dict(zip(('train_loss', 'train_acc', 'val_loss', 'val_acc'), log.T))
