import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def back(self, dy):
        self.dW = np.dot(self.x.T, dy)
        self.db = np.sum(dy, axis=0, keepdims=True)
        return np.dot(dy, self.W.T)


class Rectify:
    def __call__(self, x):
        self.alive = x > 0
        return np.where(self.alive, x, 0)

    def back(self, dy):
        return np.where(self.alive, dy, 0)


class CrossEntropy:
    def __call__(self, s, y):
        self.p = softmax(s)
        self.y = y
        rows = range(len(y))
        return -np.average(np.log(self.p[rows, y] + 1e-15))

    def back(self):
        d = np.copy(self.p)
        for i, c in enumerate(self.y):
            d[i, c] -= 1
        return d / len(self.y)


def softmax(X):
    shifted = X - X.max(axis=1)[:, None]
    e = np.exp(shifted)
    return e / e.sum(axis=1)[:, None]


def relu(x):
    return Rectify()(x)


class NetClassifier(object):
    params = None
    history = None

    def predict(self, X, params=None):
        params = params or self.params
        l1, r, l2 = Affine(params["W1"], params["b1"]), Rectify(), Affine(params["W2"], params["b2"])
        scores = l2(r(l1(X)))
        return np.array([np.argmax(row) for row in scores])

    def score(self, X, y, params=None):
        hits = 0
        for guess, truth in zip(self.predict(X, params), y):
            hits += guess == truth
        return hits / len(y)

    def cost_grad(self, X, y, params, reg=0.0):
        l1, r, l2, loss = Affine(params["W1"], params["b1"]), Rectify(), Affine(params["W2"], params["b2"]), CrossEntropy()
        cost = loss(l2(r(l1(X))), y)
        l1.back(r.back(l2.back(loss.back())))
        # with reg/2 the gradient is reg * W, as in my notes
        cost += reg / 2 * (np.sum(l1.W ** 2) + np.sum(l2.W ** 2))
        return cost, {"d_w1": l1.dW + reg * l1.W, "d_b1": l1.db, "d_w2": l2.dW + reg * l2.W, "d_b2": l2.db}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        p = {k: 1.0 * v for k, v in init_params.items()}
        self.history = {k: [] for k in ["train_loss", "train_acc", "val_loss", "val_acc"]}
        batches = int(np.ceil(X_train.shape[0] / batch_size))
        for _ in range(epochs):
            order = np.random.permutation(X_train.shape[0])
            for rows in np.array_split(order, batches):
                _, g = self.cost_grad(X_train[rows], y_train[rows], p, reg)
                p["W1"] = p["W1"] - lr * g["d_w1"]
                p["b1"] = p["b1"] - lr * g["d_b1"]
                p["W2"] = p["W2"] - lr * g["d_w2"]
                p["b2"] = p["b2"] - lr * g["d_b2"]
            self.history["train_loss"] += [self.cost_grad(X_train, y_train, p, reg)[0]]
            self.history["train_acc"] += [self.score(X_train, y_train, p)]
            self.history["val_loss"] += [self.cost_grad(X_val, y_val, p, reg)[0]]
            self.history["val_acc"] += [self.score(X_val, y_val, p)]
        self.params = p
