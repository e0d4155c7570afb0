# 2019 version of the handin: c instead of reg in our notes, hist instead of history
import numpy as np


def softmax(X):
    """ rows, with the logsumexp trick """
    C = np.amax(X, axis=1, keepdims=True)
    logsumexp = C + np.log(np.exp(X - C).sum(axis=1, keepdims=True))
    return np.exp(X - logsumexp)


def relu(x):
    return x.clip(min=0)


def forward(X, P):
    net = {}
    net["in"] = X
    net["sum"] = X.dot(P["W1"]) + P["b1"]
    net["hid"] = relu(net["sum"])
    net["out"] = net["hid"].dot(P["W2"]) + P["b2"]
    net["prob"] = softmax(net["out"])
    return net


class NetClassifier():
    def __init__(self):
        self.params = None
        self.hist = None

    def predict(self, X, params=None):
        P = self.params if params is None else params
        return forward(X, P)["prob"].argmax(axis=1)[:, np.newaxis]

    def score(self, X, y, params=None):
        P = self.params if params is None else params
        return float((self.predict(X, P).ravel() == y).mean())

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        net = forward(X, params)
        n = len(y)
        onehot = np.identity(net["prob"].shape[1])[y]
        eps = 1e-10
        cost = np.sum(onehot * -np.log(net["prob"] + eps)) / n
        cost = cost + reg * np.sum(np.square(params["W1"])) + reg * np.sum(np.square(params["W2"]))
        err = net["prob"] - onehot
        g = {}
        g["d_w2"] = net["hid"].T.dot(err) / n + reg * 2 * params["W2"]
        g["d_b2"] = err.mean(axis=0)
        hid_err = err.dot(params["W2"].T) * np.heaviside(net["sum"], 0)
        g["d_w1"] = net["in"].T.dot(hid_err) / n + reg * 2 * params["W1"]
        g["d_b1"] = hid_err.mean(axis=0)
        return cost, g

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        P = dict()
        for k in init_params:
            P[k] = np.array(init_params[k])
        log = []
        for ep in range(epochs):
            mixed = list(range(len(X_train)))
            np.random.shuffle(mixed)
            while mixed:
                now, mixed = mixed[:batch_size], mixed[batch_size:]
                _, g = NetClassifier.cost_grad(X_train[now], y_train[now], P, reg)
                for k in P:
                    P[k] = P[k] - lr * g["d_" + k.lower()].reshape(P[k].shape)
            log.append((self.cost_grad(X_train, y_train, P, reg)[0], self.score(X_train, y_train, P),
                        self.cost_grad(X_val, y_val, P, reg)[0], self.score(X_val, y_val, P)))
        self.params = P
        self.hist = dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), map(list, zip(*log))))
