import numpy as np
from random import Random   # not used in the end


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    rows = []
    for x in X:
        x = x - np.max(x)
        e = np.exp(x)
        rows.append(list(e / np.sum(e)))
    return np.array(rows)


def relu(x):
    # x * (x > 0) also works I think, but -0.0 looks ugly
    return np.where(x < 0, 0.0, x)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def sum_of_squares(W):
    s = 0.0
    for row in W:
        for w in row:
            s += w * w
    return s


class NetClassifier:

    def __init__(self):
        self.params = None
        self.history = None

    def probabilities(self, X, params):
        z1 = np.dot(X, params["W1"]) + params["b1"]
        a1 = relu(z1)
        z2 = np.dot(a1, params["W2"]) + params["b2"]
        return softmax(z2)

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        prob = self.probabilities(X, params)
        classes = []
        for row in prob:
            best = 0
            for c in range(len(row)):
                if row[c] > row[best]:
                    best = c
            classes.append(best)
        return np.array(classes)

    def score(self, X, y, params=None):
        guess = self.predict(X, params)
        right = 0
        for g, label in zip(guess, y):
            if g == label:
                right += 1
        return right / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n = X.shape[0]
        W1 = params["W1"]
        b1 = params["b1"]
        W2 = params["W2"]
        b2 = params["b2"]

        # forward
        z1 = np.dot(X, W1) + b1
        a1 = relu(z1)
        z2 = np.dot(a1, W2) + b2
        yy = softmax(z2)

        # cost
        cost = 0.0
        for i in range(n):
            # + 1e-12 : log(0) gives -inf, my cost was nan without it
            cost = cost - np.log(yy[i][y[i]] + 1e-12)
        cost = cost / n
        cost = cost + reg * sum_of_squares(W1) + reg * sum_of_squares(W2)

        # backward, layer 2
        delta2 = []
        for i, p in enumerate(yy):
            d = p.copy()
            d[y[i]] = d[y[i]] - 1
            delta2.append(d / n)
        delta2 = np.array(delta2)
        d_w2 = np.dot(a1.T, delta2)
        d_w2 = d_w2 + 2 * reg * W2
        d_b2 = np.zeros(b2.shape)
        for d in delta2:
            d_b2 = d_b2 + d

        # backward, layer 1
        delta1 = np.dot(delta2, W2.T)
        for i in range(delta1.shape[0]):
            for j in range(delta1.shape[1]):
                if z1[i, j] <= 0:
                    delta1[i, j] = 0
        d_w1 = np.dot(X.T, delta1)
        d_w1 = d_w1 + 2 * reg * W1
        d_b1 = np.zeros(b1.shape)
        for d in delta1:
            d_b1 = d_b1 + d

        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params["W1"].copy()
        b1 = init_params["b1"].copy()
        W2 = init_params["W2"].copy()
        b2 = init_params["b2"].copy()
        tl = []
        ta = []
        vl = []
        va = []
        n = len(X_train)
        for ep in range(epochs):
            numbers = list(range(n))
            np.random.shuffle(numbers)
            bx = []
            by = []
            for position, number in enumerate(numbers):
                bx.append(X_train[number])
                by.append(y_train[number])
                # batch is full, or there are no more examples
                if len(bx) == batch_size or position == n - 1:
                    p = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
                    c, g = self.cost_grad(np.array(bx), np.array(by), p, reg)
                    W1 = W1 - lr * g["d_w1"]
                    b1 = b1 - lr * g["d_b1"]
                    W2 = W2 - lr * g["d_w2"]
                    b2 = b2 - lr * g["d_b2"]
                    bx = []
                    by = []
            # end of the epoch
            p = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
            c, g = self.cost_grad(X_train, y_train, p, reg)
            tl.append(c)
            ta.append(self.score(X_train, y_train, p))
            c, g = self.cost_grad(X_val, y_val, p, reg)
            vl.append(c)
            va.append(self.score(X_val, y_val, p))
        self.params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        self.history = {"train_loss": tl, "train_acc": ta, "val_loss": vl, "val_acc": va}
