import logging
import numpy as np

log = logging.getLogger(__name__)


class SoftmaxClassifier:
    """Behaves as a function: softmax_classifier(W, input, label, lamda)."""

    class Softmax:
        """Nested: probabilities of the rows."""

        def __init__(self, axis=-1):
            self.axis = axis

        def __call__(self, s):
            e = np.exp(s - np.amax(s, self.axis, keepdims=True))
            return np.divide(e, np.sum(e, self.axis, keepdims=True), out=e)

        def log(self, s):
            s = s - np.amax(s, self.axis, keepdims=True)
            return s - np.log(np.sum(np.exp(s), self.axis, keepdims=True))

    calls = 0  # counted on the class

    def __init__(self):
        self.softmax = self.Softmax(axis=1)
        self.__name__ = "softmax_classifier"

    def __call__(self, W, input, label, lamda):
        type(self).calls += 1
        s = np.dot(input, W)
        z = self.softmax(s)
        return (
            float(self._loss(s, label) + self._penalty(W, lamda)),
            self._gradient(input, z, label) + lamda * W,
            np.argmax(z, axis=1),
        )

    def _loss(self, s, t):
        return -(t * self.softmax.log(s)).sum(axis=1).mean()

    @staticmethod
    def _penalty(W, lamda):
        return 0.5 * lamda * np.square(W).sum()

    @staticmethod
    def _gradient(x, z, t):
        return np.einsum("nd,nc->dc", x, z - t) / x.shape[0]

    def __repr__(self):
        return f"<SoftmaxClassifier called {self.calls} times>"


softmax_classifier = SoftmaxClassifier()
