from functools import reduce

import numpy as np

relu = {"forward": lambda v: np.where(v > 0, v, 0), "backward": lambda v, upstream: np.where(v > 0, upstream, 0)}
REGULARISED = ("W1", "W2")


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        shapes = {"W1": (input_size, hidden_size), "W2": (hidden_size, output_size)}
        weights = {name: std * np.random.randn(*shape) for name, shape in shapes.items()}
        self.params = {**weights, "b1": np.zeros(hidden_size), "b2": np.zeros(output_size)}

    def _forward(self, X):
        p = self.params
        affine = lambda inputs, layer: inputs @ p[f"W{layer}"] + p[f"b{layer}"]
        pre = affine(X, 1)
        hidden = relu["forward"](pre)
        return {"pre": pre, "hidden": hidden, "scores": affine(hidden, 2)}

    def _penalty(self, reg):
        squares = map(lambda name: (self.params[name] ** 2).sum(), REGULARISED)
        return reg * reduce(lambda a, b: a + b, squares)

    def loss(self, X, y=None, reg=0.0):
        state = self._forward(X)
        if y is None:
            return state["scores"]

        count, classes = state["scores"].shape
        log_probs = log_softmax(state["scores"])
        target = np.eye(classes)[y]
        data_loss = -(target * log_probs).sum(axis=1).mean()

        out = (np.exp(log_probs) - target) / count
        back = relu["backward"](state["pre"], out @ self.params["W2"].T)

        raw = {"W1": X.T @ back, "b1": back.sum(axis=0), "W2": state["hidden"].T @ out, "b2": out.sum(axis=0)}
        pull = lambda name: 2 * reg * self.params[name] if name in REGULARISED else 0
        grads = {name: grad + pull(name) for name, grad in raw.items()}
        return data_loss + self._penalty(reg), grads

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
        batch_size=200, verbose=False,
    ):
        options = {"rate": learning_rate, "decay": learning_rate_decay, "reg": reg, "size": batch_size}
        per_epoch = max(len(X) // options["size"], 1)
        accuracy = lambda inputs, labels: float(np.mean(self.predict(inputs) == labels))
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}

        def sample():
            picked = np.random.randint(0, len(X), options["size"])
            return X[picked], y[picked]

        def apply(grads):
            moved = {name: self.params[name] - options["rate"] * grads[name] for name in self.params}
            self.params.update(moved)

        for step in range(num_iters):
            loss, grads = self.loss(*sample(), reg=options["reg"])
            history["loss_history"].append(loss)
            apply(grads)
            if verbose and step % 100 == 0:
                print({"step": step, "loss": loss})
            if (step + 1) % per_epoch:
                continue
            history["train_acc_history"].append(accuracy(X, y))
            history["val_acc_history"].append(accuracy(X_val, y_val))
            options["rate"] *= options["decay"]
        return history

    def predict(self, X):
        return np.array([int(np.argmax(row)) for row in self._forward(X)["scores"]])
