import numpy as np


class Registry(type):
    """Every class that has a `key` is found under it."""

    known = {}

    def __new__(mcs, name, bases, body, **kwargs):
        cls = super().__new__(mcs, name, bases, body)
        if "key" in body:
            mcs.known[body["key"]] = cls
        return cls


class Base(metaclass=Registry):
    def __init__(self, W, input, label, lamda, **kwargs):
        super().__init__(**kwargs)
        self.W, self.X, self.T, self.lamda = W, input, label, lamda

    def loss(self):
        return 0.0

    def gradient(self):
        return np.zeros_like(self.W)


class CrossEntropyMixin(Base):
    def probabilities(self):
        s = self.X @ self.W
        s -= s.max(axis=1, keepdims=True)
        self.shifted = s
        e = np.exp(s)
        self.total = e.sum(axis=1, keepdims=True)
        return e / self.total

    def loss(self):
        self.probabilities()
        return super().loss() - ((self.shifted - np.log(self.total)) * self.T).sum() / len(self.X)

    def gradient(self):
        return super().gradient() + self.X.T @ (self.probabilities() - self.T) / len(self.X)


class RidgeMixin(Base):
    def loss(self):
        return super().loss() + self.lamda * (self.W**2).sum() / 2

    def gradient(self):
        return super().gradient() + self.lamda * self.W


class PredictMixin:
    def predict(self):
        return self.probabilities().argmax(axis=1)


class Classifier(CrossEntropyMixin, RidgeMixin, PredictMixin):
    key = "softmax+l2"

    def everything(self):
        return self.loss(), self.gradient(), self.predict()


def softmax_classifier(W, input, label, lamda):
    return Registry.known["softmax+l2"](W, input, label, lamda).everything()
