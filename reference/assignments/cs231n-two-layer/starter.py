"""Two-layer network: input, hidden ReLU layer, softmax. Write the bodies; keep names and the order of the arguments.

N examples are N rows; D inputs, H hidden units, C classes (any C from 2 up, not only 10). Labels are whole numbers from
0. Change no argument of loss and predict. The handout says what each method must give.
"""

import numpy as np


class TwoLayerNet:
    """params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        """Small random weights and biases of zero. This one is written for you."""
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        """X (N, D) -> scores (N, C) where y is None; X and y (N,) -> loss, {"W1", "b1", "W2", "b2"} of gradients.

        loss: average softmax loss + reg (sum W1^2 + sum W2^2). The gradients have the shapes of the parameters.
        """
        raise NotImplementedError

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        """num_iters steps on random batches; changes params and returns a dict with loss_history and accuracies."""
        raise NotImplementedError

    def predict(self, X):
        """X (N, D) -> (N,): the class with the largest score."""
        raise NotImplementedError
