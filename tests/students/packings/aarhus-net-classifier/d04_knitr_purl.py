# ---
# title: "Handin 2"
# author: "Gruppe 7"
# format: pdf
# ---
## ----setup, include=FALSE, eval=TRUE------------------------------------------
#| label: setup
#| echo: false
import numpy as np
import pandas as pd

if "r" in globals():
    digits = r.digits
    X, y = digits.iloc[:, :64].to_numpy() / 16, digits["label"].to_numpy(dtype=int)

## ----activations--------------------------------------------------------------
#| label: activations
softmax = lambda X: np.apply_along_axis(lambda row: np.exp(row - row.max()) / np.exp(row - row.max()).sum(), 1, X)
relu = np.vectorize(lambda v: v if v > 0 else 0.0, otypes=[float], doc="max(v, 0)")

## ----net, cache=TRUE----------------------------------------------------------
#| label: net
class NetClassifier:
    def __init__(self, params=None):
        self.params = params
        self.history = {}

    def _probabilities(self, X, params):
        return softmax(np.maximum(X @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"])

    def predict(self, X, params=None):
        params = params if params is not None else self.params
        return self._probabilities(X, params).argmax(axis=1)

    def score(self, X, y, params=None):
        return np.average(self.predict(X, params) == y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n = len(y)
        W1, W2 = params["W1"], params["W2"]
        z1 = X @ W1 + params["b1"]
        a1 = np.maximum(z1, 0)
        z2 = a1 @ W2 + params["b2"]
        z2 = z2 - z2.max(axis=1, keepdims=True)
        logZ = np.log(np.exp(z2).sum(axis=1, keepdims=True))
        cost = (logZ[:, 0] - z2[np.arange(n), y]).mean() + reg * (np.vdot(W1, W1) + np.vdot(W2, W2))
        delta2 = np.exp(z2 - logZ)
        delta2[np.arange(n), y] -= 1
        delta2 /= n
        delta1 = delta2 @ W2.T * (z1 > 0)
        grads = {}
        grads["d_w1"] = X.T @ delta1 + 2 * reg * W1
        grads["d_b1"] = delta1.sum(axis=0, keepdims=True)
        grads["d_w2"] = a1.T @ delta2 + 2 * reg * W2
        grads["d_b2"] = delta2.sum(axis=0, keepdims=True)
        return cost, grads

## ----fit, message=FALSE, warning=FALSE----------------------------------------
#| label: fit
def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
    params = {k: v * 1.0 for k, v in init_params.items()}
    rows = []
    for epoch in range(epochs):
        perm = np.random.permutation(len(X_train))
        Xs, ys = X_train[perm], y_train[perm]
        for i in range(0, len(Xs), batch_size):
            _, grads = self.cost_grad(Xs[i:i + batch_size], ys[i:i + batch_size], params, reg)
            params = {k: params[k] - lr * grads["d_" + k.lower()] for k in params}
        rows.append((self.cost_grad(X_train, y_train, params, reg)[0], self.score(X_train, y_train, params),
                     self.cost_grad(X_val, y_val, params, reg)[0], self.score(X_val, y_val, params)))
    self.params = params
    self.history = dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), map(list, zip(*rows))))

NetClassifier.fit = fit

## ----table, results="asis", echo=FALSE----------------------------------------
#| label: tbl-history
#| tbl-cap: History
if "r" in globals():
    net = NetClassifier()
    net.fit(X[:1197], y[:1197], X[1197:], y[1197:], init)
    print(pd.DataFrame(net.history).to_markdown())
## `r nrow(digits)` rows
