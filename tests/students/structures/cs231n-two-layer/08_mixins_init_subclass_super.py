import numpy as np


class Model:
    registry = []
    sizes = ()

    def __init_subclass__(cls, /, l2=("W1", "W2"), **kwargs):
        super().__init_subclass__(**kwargs)
        cls.l2 = tuple(l2)
        Model.registry.append(cls.__name__)

    def __init__(self, *args, **kwargs):
        self.params = {}

    def loss(self, X, y=None, reg=0.0):
        raise NotImplementedError


class Forward(Model):
    def loss(self, X, y=None, reg=0.0):
        self._act = [X]
        z = X @ self.params["W1"] + self.params["b1"]
        self._act.append(np.maximum(z, 0))
        scores = self._act[-1] @ self.params["W2"] + self.params["b2"]
        return scores


class Softmax(Forward):
    def loss(self, X, y=None, reg=0.0):
        scores = super().loss(X)
        if y is None:
            return scores
        top = scores.max(axis=1, keepdims=True)
        log_p = scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
        onehot = np.eye(scores.shape[1])[y]
        return -np.sum(log_p * onehot) / len(y), (np.exp(log_p) - onehot) / len(y)


class Backward(Softmax):
    def loss(self, X, y=None, reg=0.0):
        out = super().loss(X, y, reg)
        if y is None:
            return out
        loss, delta = out
        grads = {}
        for i in (2, 1):
            a = self._act.pop()
            grads[f"W{i}"] = a.T @ delta
            grads[f"b{i}"] = delta.sum(axis=0)
            if i > 1:
                delta = (delta @ self.params[f"W{i}"].T) * (a > 0)
        return loss, grads


class L2(Backward):
    def loss(self, X, y=None, reg=0.0):
        out = super().loss(X, y, reg)
        if y is None:
            return out
        loss, grads = out
        for name in self.l2:
            W = self.params[name]
            loss = loss + reg * np.sum(W**2)
            grads[name] = grads[name] + 2 * reg * W
        return loss, grads


class Trainable(L2):
    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        ipe = int(max(X.shape[0] / batch_size, 1))
        lh, ta, va = [], [], []
        for it in range(num_iters):
            pick = (np.random.random(batch_size) * len(X)).astype(int)
            l, g = self.loss(X[pick], y[pick], reg)
            lh += [l]
            for k in g:
                self.params[k] -= learning_rate * g[k]
            if it % ipe == 0:
                ta += [np.mean(self.predict(X[pick]) == y[pick])]
                va += [np.mean(self.predict(X_val) == y_val)]
                learning_rate *= learning_rate_decay
        return dict(loss_history=lh, train_acc_history=ta, val_acc_history=va)


class TwoLayerNet(Trainable, l2=["W1", "W2"]):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        super().__init__()
        self.params.update(W1=std * np.random.randn(input_size, hidden_size), b1=np.zeros(hidden_size))
        self.params.update(W2=std * np.random.randn(hidden_size, output_size), b2=np.zeros(output_size))
