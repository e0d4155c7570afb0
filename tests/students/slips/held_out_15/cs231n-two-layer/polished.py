"""Two-layer fully connected network (affine - ReLU - affine - softmax) trained by SGD.

Notation: N examples, D inputs, H hidden units, C classes; rows are examples.
"""

from __future__ import annotations

from typing import Dict, List, NamedTuple, Optional, Tuple, Union

import numpy as np

DEFAULT_WEIGHT_SCALE: float = 1e-4
REGULARISED_PARAMETERS: Tuple[str, ...] = ("W1", "W2")


class ForwardCache(NamedTuple):
    """What the backward pass needs from the forward pass."""

    inputs: np.ndarray
    hidden_pre_activations: np.ndarray
    hidden_activations: np.ndarray
    scores: np.ndarray


class TwoLayerNet:
    """A network with one hidden ReLU layer and a softmax loss.

    Attributes:
        params: dictionary with W1 (D, H), b1 (H,), W2 (H, C) and b2 (C,).
    """

    def __init__(
        self, input_size: int, hidden_size: int, output_size: int, std: float = DEFAULT_WEIGHT_SCALE
    ) -> None:
        """Initialise the weights with small random values and the biases with zeros."""
        self.params: Dict[str, np.ndarray] = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    # ---------------------------------------------------------------------------------- pieces

    def _forward(self, X: np.ndarray) -> ForwardCache:
        """Run the network up to the class scores."""
        hidden_pre_activations = X @ self.params["W1"] + self.params["b1"]
        hidden_activations = np.maximum(0.0, hidden_pre_activations)
        scores = hidden_activations @ self.params["W2"] + self.params["b2"]
        return ForwardCache(X, hidden_pre_activations, hidden_activations, scores)

    @staticmethod
    def _softmax_loss(scores: np.ndarray, y: np.ndarray) -> Tuple[float, np.ndarray]:
        """Average softmax loss and its gradient with respect to the scores."""
        num_examples, num_classes = scores.shape
        example_index = np.arange(num_examples)

        shifted_scores = scores - np.max(scores, axis=1, keepdims=True)
        log_normaliser = np.log(np.sum(np.exp(shifted_scores), axis=1, keepdims=True))
        log_probabilities = shifted_scores - log_normaliser
        data_loss = -np.mean(log_probabilities[example_index, y])

        one_hot_labels = np.zeros((num_examples, num_classes))
        one_hot_labels[example_index, y] = 1.0
        score_gradient = (np.exp(log_probabilities) - one_hot_labels) / num_examples
        return data_loss, score_gradient

    def _regularisation_loss(self, *, strength: float) -> float:
        """strength * (sum of squared weights); biases are not regularised."""
        return strength * sum(float(np.sum(self.params[name] ** 2)) for name in REGULARISED_PARAMETERS)

    def _backward(self, cache: ForwardCache, score_gradient: np.ndarray) -> Dict[str, np.ndarray]:
        """Gradients of the data loss with respect to all parameters."""
        hidden_gradient = score_gradient @ self.params["W2"].T
        is_active = cache.hidden_pre_activations > 0
        hidden_pre_gradient = hidden_gradient * is_active
        return {
            "W1": cache.inputs.T @ hidden_pre_gradient,
            "b1": np.sum(hidden_pre_gradient, axis=0),
            "W2": cache.hidden_activations.T @ score_gradient,
            "b2": np.sum(score_gradient, axis=0),
        }

    # ---------------------------------------------------------------------------------- public

    def loss(
        self, X: np.ndarray, y: Optional[np.ndarray] = None, reg: float = 0.0
    ) -> Union[np.ndarray, Tuple[float, Dict[str, np.ndarray]]]:
        """Scores (where `y` is None), or the regularised loss and its gradients."""
        if X.ndim != 2:
            raise ValueError(f"X must be (N, D), got shape {X.shape}")
        cache = self._forward(X)
        if y is None:
            return cache.scores

        data_loss, score_gradient = self._softmax_loss(cache.scores, y)
        total_loss = data_loss + self._regularisation_loss(strength=reg)

        grads = self._backward(cache, score_gradient)
        for name in REGULARISED_PARAMETERS:
            grads[name] = grads[name] + 2.0 * reg * self.params[name]
        return total_loss, grads

    def train(
        self,
        X: np.ndarray,
        y: np.ndarray,
        X_val: np.ndarray,
        y_val: np.ndarray,
        learning_rate: float = 1e-3,
        learning_rate_decay: float = 0.95,
        reg: float = 5e-6,
        num_iters: int = 100,
        batch_size: int = 200,
        verbose: bool = False,
    ) -> Dict[str, List[float]]:
        """Stochastic gradient descent with a rate that decays after each pass over the data."""
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train // batch_size, 1)
        current_rate = learning_rate

        loss_history: List[float] = []
        train_acc_history: List[float] = []
        val_acc_history: List[float] = []

        for iteration in range(1, num_iters + 1):
            batch_indices = np.random.choice(num_train, size=batch_size, replace=True)
            X_batch = X[batch_indices]
            y_batch = y[batch_indices]

            batch_loss, grads = self.loss(X_batch, y_batch, reg)
            loss_history.append(float(batch_loss))
            for name in self.params:
                self.params[name] = self.params[name] - current_rate * grads[name]

            if verbose and iteration % 100 == 0:
                print(f"iteration {iteration} / {num_iters}: loss {batch_loss:.4f}")

            epoch_is_over = iteration % iterations_per_epoch == 0
            if epoch_is_over:
                train_acc_history.append(float(np.mean(self.predict(X_batch) == y_batch)))
                val_acc_history.append(float(np.mean(self.predict(X_val) == y_val)))
                current_rate = current_rate * learning_rate_decay

        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Class with the largest score for each row of X, shape (N,)."""
        return np.argmax(self._forward(X).scores, axis=1)


def _numerical_gradient(net: TwoLayerNet, name: str, X: np.ndarray, y: np.ndarray, *, reg: float) -> np.ndarray:
    """Central differences for one parameter."""
    step = 1e-5
    array = net.params[name]
    gradient = np.zeros_like(array)
    for index in np.ndindex(*array.shape):
        kept = array[index]
        array[index] = kept + step
        above, _ = net.loss(X, y, reg)
        array[index] = kept - step
        below, _ = net.loss(X, y, reg)
        array[index] = kept
        gradient[index] = (above - below) / (2 * step)
    return gradient


if __name__ == "__main__":
    np.random.seed(0)
    toy_net = TwoLayerNet(4, 10, 3, std=1e-1)
    toy_X = 10 * np.random.randn(5, 4)
    toy_y = np.array([0, 1, 2, 2, 1])
    _, toy_grads = toy_net.loss(toy_X, toy_y, reg=0.05)
    for parameter in toy_grads:
        numerical = _numerical_gradient(toy_net, parameter, toy_X, toy_y, reg=0.05)
        print(parameter, np.max(np.abs(numerical - toy_grads[parameter])))
