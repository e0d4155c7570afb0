# /// script
# requires-python = ">=3.11"
# dependencies = ["marimo", "numpy", "matplotlib"]
# ///

import marimo

__generated_with = "0.14.10"
app = marimo.App(width="medium", app_title="Handin 2")

with app.setup:
    import numpy as np


@app.cell(hide_code=True)
def _():
    import marimo as mo
    return (mo,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""# Net classifier

    $cost = -\frac1n\sum_i \log p_{i,y_i} + reg(\|W_1\|^2+\|W_2\|^2)$""")
    return


@app.function
def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


@app.function
def softmax(X):
    e = np.exp(X - X.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@app.function
def relu(x):
    return np.maximum(x, 0)


@app.function
def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


@app.class_definition
class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        params = params if params is not None else self.params
        hidden = relu(X @ params["W1"] + params["b1"])
        return np.argmax(softmax(hidden @ params["W2"] + params["b2"]), axis=1)

    def score(self, X, y, params=None):
        return np.mean(self.predict(X, params) == y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
        n = X.shape[0]
        z1 = X @ W1 + b1
        a1 = relu(z1)
        yy = softmax(a1 @ W2 + b2)
        labels = one_in_k_encoding(y, W2.shape[1])
        cost = -np.sum(labels * np.log(yy + 1e-15)) / n + reg * (np.sum(W1**2) + np.sum(W2**2))
        delta2 = (yy - labels) / n
        delta1 = (delta2 @ W2.T) * (z1 > 0)
        return cost, {
            "d_w1": X.T @ delta1 + 2 * reg * W1,
            "d_w2": a1.T @ delta2 + 2 * reg * W2,
            "d_b1": np.sum(delta1, axis=0, keepdims=True),
            "d_b2": np.sum(delta2, axis=0, keepdims=True),
        }

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = {key: value.copy() for key, value in init_params.items()}
        history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        for _epoch in range(epochs):
            order = np.random.permutation(X_train.shape[0])
            for lo in range(0, len(order), batch_size):
                idx = order[lo : lo + batch_size]
                _, grads = self.cost_grad(X_train[idx], y_train[idx], params, reg)
                params = {key: value - lr * grads[f"d_{key.lower()}"] for key, value in params.items()}
            history["train_loss"].append(self.cost_grad(X_train, y_train, params, reg)[0])
            history["val_loss"].append(self.cost_grad(X_val, y_val, params, reg)[0])
            history["train_acc"].append(self.score(X_train, y_train, params))
            history["val_acc"].append(self.score(X_val, y_val, params))
        self.params = params
        self.history = history


@app.cell
def _(mo):
    epochs = mo.ui.slider(1, 60, value=30, label="epochs")
    epochs
    return (epochs,)


@app.cell
def _(epochs):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(120, 6)), rng.integers(0, 3, 120)
    net = NetClassifier()
    net.fit(X[:100], y[:100], X[100:], y[100:], get_init_params(6, 8, 3), epochs=epochs.value)
    net.history["train_loss"][-1]
    return (net,)


if __name__ == "__main__":
    app.run()
