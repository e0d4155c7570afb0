"""CS231n assignment 1, Q4: two-layer net.

Run `python logging_gradcheck.py` for a gradient check on a toy model.
"""
from typing import Any, Dict, List, Optional, Tuple, Union

import numpy as np

Grads = Dict[str, np.ndarray]
PRINT_EVERY: int = 100
MIN_LR: float = 0.0


def affine_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> Tuple[np.ndarray, tuple]:
    """out = x w + b"""
    out = x.dot(w) + b
    return out, (x, w, b)


def affine_backward(dout: np.ndarray, cache: tuple) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients of an affine layer wrt x, w, b."""
    x, w, b = cache
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout: np.ndarray, cache: np.ndarray) -> np.ndarray:
    dx = np.array(dout, copy=True)
    dx[cache <= 0] = 0
    return dx


def softmax_loss(x: np.ndarray, y: np.ndarray) -> Tuple[float, np.ndarray]:
    """Average softmax loss and its gradient wrt the scores."""
    shifted_logits = x - np.max(x, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted_logits), axis=1, keepdims=True)
    log_probs = shifted_logits - np.log(Z)
    probs = np.exp(log_probs)
    N = x.shape[0]
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


class TwoLayerNet(object):
    """input - fully connected - ReLU - fully connected - softmax"""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 1e-4):
        self.params: Dict[str, np.ndarray] = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(
        self, X: np.ndarray, y: Optional[np.ndarray] = None, reg: float = 0.0
    ) -> Union[np.ndarray, Tuple[float, Grads]]:
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        N, D = X.shape
        assert W1.shape[0] == D, "input size does not fit W1"

        hidden, fc1_cache = affine_forward(X, W1, b1)
        act, relu_cache = relu_forward(hidden)
        scores, fc2_cache = affine_forward(act, W2, b2)

        # If the targets are not given then jump out, we're done
        if y is None:
            return scores

        data_loss, dscores = softmax_loss(scores, y)
        reg_loss = reg * np.sum(W1 * W1) + reg * np.sum(W2 * W2)
        loss = data_loss + reg_loss

        grads: Grads = {}
        dact, grads["W2"], grads["b2"] = affine_backward(dscores, fc2_cache)
        dhidden = relu_backward(dact, relu_cache)
        _, grads["W1"], grads["b1"] = affine_backward(dhidden, fc1_cache)
        grads["W2"] += 2 * reg * W2
        grads["W1"] += 2 * reg * W1
        return loss, grads

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
    ) -> Dict[str, Any]:
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train // batch_size, 1)

        loss_history: List[float] = []
        train_acc_history: List[float] = []
        val_acc_history: List[float] = []

        for t in range(1, num_iters + 1):
            batch_indices = np.random.choice(num_train, batch_size)
            X_batch = X[batch_indices]
            y_batch = y[batch_indices]

            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)

            for key in grads:
                self.params[key] = self.params[key] - learning_rate * grads[key]

            if verbose and t % PRINT_EVERY == 0:
                print("iteration %d / %d: loss %f" % (t, num_iters, loss))

            # Every epoch, check accuracy and decay the learning rate.
            if t % iterations_per_epoch == 0:
                train_acc_history.append((self.predict(X_batch) == y_batch).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate = max(learning_rate * learning_rate_decay, MIN_LR)

        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X: np.ndarray) -> np.ndarray:
        scores = self.loss(X)
        y_pred = np.argmax(scores, axis=1)
        assert y_pred.shape == (X.shape[0],)
        return y_pred


def rel_error(a, b) -> float:
    return np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)))


if __name__ == "__main__":
    np.random.seed(1)
    net = TwoLayerNet(4, 10, 3, std=1e-1)
    Xt = 10 * np.random.randn(5, 4)
    yt = np.array([0, 1, 2, 2, 1])
    _, g = net.loss(Xt, yt, reg=0.05)
    for key in g:
        p = net.params[key]
        num = np.zeros_like(p)
        for ix in np.ndindex(*p.shape):
            keep = p[ix]
            p[ix] = keep + 1e-5
            up = net.loss(Xt, yt, reg=0.05)[0]
            p[ix] = keep - 1e-5
            down = net.loss(Xt, yt, reg=0.05)[0]
            p[ix] = keep
            num[ix] = (up - down) / 2e-5
        print(key, rel_error(num, g[key]))
