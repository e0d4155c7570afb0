import numpy as np


def one_in_k_encoding(vec, k):
    n = len(vec)
    enc = np.zeros((n, k))
    for i in range(n):
        enc[i, vec[i]] = 1
    return enc


def softmax(X):
    res = np.zeros(X.shape)
    for i in range(X.shape[0]):
        m = np.max(X[i])
        e = np.exp(X[i] - m)
        res[i] = e / e.sum()
    return res


def relu(x):
    # res = np.zeros(x.shape)
    # for i in range(x.shape[0]):
    #     for j in range(x.shape[1]):
    #         if x[i, j] > 0: res[i, j] = x[i, j]
    return x * (x > 0)


def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size))
    b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size))
    b2 = np.zeros((1, output_size))
    return {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}


class NetClassifier():
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        pred = np.zeros(X.shape[0], dtype=int)
        hidden = relu(np.dot(X, params['W1']) + params['b1'])
        out = softmax(np.dot(hidden, params['W2']) + params['b2'])
        for i in range(X.shape[0]):
            best = -1
            for c in range(out.shape[1]):
                if best == -1 or out[i, c] > out[i, best]:
                    best = c
            pred[i] = best
        # pred = np.argmax(out, axis=1)
        return pred

    def score(self, X, y, params=None):
        pred = self.predict(X, params)
        acc = 0
        for i in range(len(y)):
            if pred[i] == y[i]:
                acc += 1
        return acc / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1 = params['W1']
        b1 = params['b1']
        W2 = params['W2']
        b2 = params['b2']
        n = X.shape[0]
        k = W2.shape[1]
        labels = one_in_k_encoding(y, k)

        z1 = np.dot(X, W1) + b1
        a1 = relu(z1)
        z2 = np.dot(a1, W2) + b2
        p = softmax(z2)

        cost = 0.0
        for i in range(n):
            # cost -= np.log(p[i, y[i]])  gave inf
            m = z2[i].max()
            cost += m + np.log(np.sum(np.exp(z2[i] - m))) - z2[i, y[i]]
        cost = cost / n
        cost = cost + reg * np.sum(W1 ** 2) + reg * np.sum(W2 ** 2)

        d_w1 = np.zeros(W1.shape)
        d_b1 = np.zeros((1, W1.shape[1]))
        d_w2 = np.zeros(W2.shape)
        d_b2 = np.zeros((1, k))
        for i in range(n):
            delta2 = p[i] - labels[i]
            d_b2[0] += delta2
            # for j in range(len(a1[i])):
            #     d_w2[j] += a1[i, j] * delta2
            d_w2 += a1[i].reshape(-1, 1) * delta2
            delta1 = np.dot(W2, delta2)
            for j in range(len(delta1)):
                if z1[i, j] <= 0:
                    delta1[j] = 0
            d_b1[0] += delta1
            d_w1 += np.outer(X[i], delta1)
        d_w1 = d_w1 / n + 2 * reg * W1
        d_w2 = d_w2 / n + 2 * reg * W2
        d_b1 = d_b1 / n
        d_b2 = d_b2 / n
        return cost, {'d_w1': d_w1, 'd_w2': d_w2, 'd_b1': d_b1, 'd_b2': d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params['W1'].copy()
        b1 = init_params['b1'].copy()
        W2 = init_params['W2'].copy()
        b2 = init_params['b2'].copy()
        params = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
        train_loss = []
        train_acc = []
        val_loss = []
        val_acc = []
        n = X_train.shape[0]
        idx = list(range(n))
        for ep in range(epochs):
            np.random.shuffle(idx)
            pos = 0
            while pos < n:
                batch = []
                for i in idx[pos:pos + batch_size]:
                    batch.append(i)
                pos = pos + batch_size
                cost, grads = NetClassifier.cost_grad(X_train[batch], y_train[batch], params, reg)
                params['W1'] = params['W1'] - lr * grads['d_w1']
                params['b1'] = params['b1'] - lr * grads['d_b1'].reshape(params['b1'].shape)
                params['W2'] = params['W2'] - lr * grads['d_w2']
                params['b2'] = params['b2'] - lr * grads['d_b2'].reshape(params['b2'].shape)
            c, _ = NetClassifier.cost_grad(X_train, y_train, params, reg)
            train_loss.append(c)
            train_acc.append(self.score(X_train, y_train, params))
            c, _ = NetClassifier.cost_grad(X_val, y_val, params, reg)
            val_loss.append(c)
            val_acc.append(self.score(X_val, y_val, params))
            # print(ep, train_loss[-1], val_acc[-1])
        self.params = params
        self.history = {'train_loss': train_loss, 'train_acc': train_acc, 'val_loss': val_loss, 'val_acc': val_acc}
