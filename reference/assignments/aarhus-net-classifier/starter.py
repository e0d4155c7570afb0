"""Network classifier with one hidden ReLU layer. Write the bodies; keep the names and the order of the arguments.

All arrays are float64, class numbers are whole numbers. n examples are n rows; d inputs, h hidden units, k classes (any
k from 2 up, not only 10). Change no argument: make new arrays. The handout says what each function must give.
"""

import numpy as np


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k). This one is written for you."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    """X (n, k) -> (n, k): probabilities, each row sums to 1. Entries of 1000 give no NaN."""
    raise NotImplementedError


def relu(x):
    """x (n, h) -> (n, h): max(x, 0), entry by entry."""
    raise NotImplementedError


def get_init_params(input_dim, hidden_size, output_size):
    """First parameters, for your own trainings: W1 (d, h), b1 (1, h), W2 (h, k), b2 (1, k). Written for you."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class NetClassifier:
    """params: the parameters after fit. history: train_loss, train_acc, val_loss, val_acc, one number an epoch."""

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        """X (n, d) -> (n,): class numbers, with params, or with those of fit where none are given."""
        raise NotImplementedError

    def score(self, X, y, params=None):
        """X (n, d), y (n,) -> a number: the share of examples whose predicted class is y."""
        raise NotImplementedError

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        """X (n, d), y (n,), params {"W1", "b1", "W2", "b2"} -> cost, {"d_w1", "d_w2", "d_b1", "d_b2"}.

        cost: average cross-entropy + reg (sum W1^2 + sum W2^2). The gradients have the shapes of the parameters.
        """
        raise NotImplementedError

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        """Shuffled mini-batches with w = w - lr gradient, from init_params (unchanged); sets params and history."""
        raise NotImplementedError
