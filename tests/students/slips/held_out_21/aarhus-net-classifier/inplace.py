"""Network classifier that writes into the arrays it has: out=, views of one flat parameter vector, few temporaries."""
import numpy as np

ORDER = ("W1", "b1", "W2", "b2")


def relu(x):
    return np.maximum(x, 0.0, out=np.empty_like(x, dtype=float))


def softmax(X):
    p = np.array(X, dtype=float)
    p -= np.amax(p, axis=1, keepdims=True)
    np.exp(p, out=p)
    p /= np.sum(p, axis=1, keepdims=True)
    return p


def hidden(X, params):
    a1 = X @ params["W1"]
    a1 += params["b1"]
    np.maximum(a1, 0, out=a1)
    return a1


def flat_copy(params):
    """One vector with all numbers, and views of its parts with the shapes of the parameters."""
    theta = np.concatenate([np.ravel(params[name]) for name in ORDER])
    views, at = {}, 0
    for name in ORDER:
        size = params[name].size
        views[name] = theta[at : at + size].reshape(params[name].shape)
        at += size
    return theta, views


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        w = self.params if params is None else params
        z2 = hidden(X, w) @ w["W2"]
        z2 += w["b2"]
        return z2.argmax(axis=1)

    def score(self, X, y, params=None):
        wrong = np.not_equal(self.predict(X, params), y)
        return 1.0 - wrong.sum() / wrong.size

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n = len(y)
        rows = np.arange(n)
        W1, W2 = params["W1"], params["W2"]
        grads = {"d_w1": np.empty_like(W1), "d_b1": np.empty((1, W1.shape[1])),
                 "d_w2": np.empty_like(W2), "d_b2": np.empty((1, W2.shape[1]))}
        a1 = hidden(X, params)
        z2 = a1 @ W2
        z2 += params["b2"]
        p = softmax(z2)

        cost = -np.log(p[rows, y]).mean()
        cost += reg * (np.vdot(W1, W1) + np.vdot(W2, W2))

        delta = p  # p is not needed any more and becomes delta2
        delta[rows, y] -= 1
        delta /= n
        np.matmul(a1.T, delta, out=grads["d_w2"])
        np.sum(delta, axis=0, keepdims=True, out=grads["d_b2"])
        back = delta @ W2.T
        back *= a1 > 0
        np.matmul(X.T, back, out=grads["d_w1"])
        np.sum(back, axis=0, keepdims=True, out=grads["d_b1"])
        grads["d_w1"] += 2 * reg * W1
        grads["d_w2"] += 2 * reg * W2
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        theta, views = flat_copy(init_params)
        Xs, ys = X_train.copy(), y_train.copy()  # shuffled in place below
        n = len(ys)
        history = {name: np.zeros(epochs) for name in ("train_loss", "train_acc", "val_loss", "val_acc")}
        for epoch in range(epochs):
            state = np.random.get_state()
            np.random.shuffle(Xs)
            np.random.set_state(state)  # the labels are put in the same order
            np.random.shuffle(ys)
            for lo in range(0, n, batch_size):
                _, g = self.cost_grad(Xs[lo : lo + batch_size], ys[lo : lo + batch_size], views, reg)
                for name in ORDER:
                    step = g["d_" + name.lower()]
                    step *= lr
                    views[name] -= step
            history["train_loss"][epoch] = self.cost_grad(Xs, ys, views, reg)[0]
            history["train_acc"][epoch] = self.score(Xs, ys, views)
            history["val_loss"][epoch] = self.cost_grad(X_val, y_val, views, reg)[0]
            history["val_acc"][epoch] = self.score(X_val, y_val, views)
        self.params, self.history = views, history
