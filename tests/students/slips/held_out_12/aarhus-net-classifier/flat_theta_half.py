"""One flat vector of parameters; a closure gives value and slope at it.

Regularisation here is reg/2 * (sum W1^2 + sum W2^2), hence reg * W in the gradients.
The history is taken at the start of each epoch, before its steps.
"""
import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    shifted = np.subtract(X, np.max(X, axis=1, keepdims=True))
    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def relu(x):
    return np.clip(x, 0, None)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class Layout:
    """Where each array lies in the flat vector."""

    names = ('W1', 'b1', 'W2', 'b2')

    def __init__(self, params):
        self.shapes = [np.asarray(params[name]).shape for name in self.names]
        self.sizes = [np.asarray(params[name]).size for name in self.names]
        self.length = sum(self.sizes)

    def flatten(self, params):
        theta = np.empty(self.length)
        position = 0
        for name, size in zip(self.names, self.sizes):
            theta[position:position + size] = np.ravel(params[name])
            position += size
        return theta

    def unflatten(self, theta):
        out, position = {}, 0
        for name, size, shape in zip(self.names, self.sizes, self.shapes):
            out[name] = theta[position:position + size].reshape(shape)
            position += size
        return out

    @property
    def is_weight(self):
        """1 where the entry is one of a weight matrix, 0 where it is of a bias."""
        return np.concatenate([np.full(size, float(name.startswith('W')))
                               for name, size in zip(self.names, self.sizes)])


def make_objective(layout, reg):
    penalised = layout.is_weight

    def objective(theta, X, y):
        W1, b1, W2, b2 = layout.unflatten(theta).values()
        z1 = X.dot(W1) + b1
        a1 = relu(z1)
        z2 = a1.dot(W2) + b2
        hot = one_in_k_encoding(y, z2.shape[1])
        high = z2.max(axis=1, keepdims=True)
        nll = high.ravel() + np.log(np.exp(z2 - high).sum(axis=1)) - (hot * z2).sum(axis=1)
        value = nll.sum() / y.size + 0.5 * reg * np.dot(penalised * theta, theta)

        delta2 = (softmax(z2) - hot) / y.size
        delta1 = delta2.dot(W2.T) * np.sign(a1)
        slope = layout.flatten({'W1': X.T.dot(delta1), 'b1': delta1.sum(0),
                                'W2': a1.T.dot(delta2), 'b2': delta2.sum(0)})
        return value, slope + reg * penalised * theta

    return objective


class NetClassifier:

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        p = params or self.params
        return np.argmax(softmax(relu(X.dot(p['W1']) + p['b1']).dot(p['W2']) + p['b2']), axis=1)

    def score(self, X, y, params=None):
        return 1.0 - np.mean(self.predict(X, params) != y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        layout = Layout(params)
        value, slope = make_objective(layout, reg)(layout.flatten(params), X, np.asarray(y))
        return value, {'d_' + name.lower(): part for name, part in layout.unflatten(slope).items()}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        layout = Layout(init_params)
        objective = make_objective(layout, reg)
        theta = layout.flatten(init_params)
        self.history = {key: [] for key in ('train_loss', 'train_acc', 'val_loss', 'val_acc')}
        measure = [('train', X_train, y_train), ('val', X_val, y_val)]

        for epoch in range(epochs):
            for part, X, y in measure:
                self.history[part + '_loss'].append(objective(theta, X, y)[0])
                self.history[part + '_acc'].append(self.score(X, y, layout.unflatten(theta)))

            left = np.random.permutation(len(X_train))
            while left.size:
                now, left = left[:batch_size], left[batch_size:]
                theta = theta - lr * objective(theta, X_train[now], y_train[now])[1]

        self.params = {name: part.copy() for name, part in layout.unflatten(theta).items()}
