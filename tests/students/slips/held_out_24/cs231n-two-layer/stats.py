"""Two-layer network the R way: crossprod, outer, sapply over the rows, logaddexp for the normaliser."""
import numpy as np


def crossprod(A, B):
    return A.T @ B


def pmax(x, floor):
    return np.where(x > floor, x, floor)


def sapply(rows, f):
    return np.array([f(row) for row in rows])


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = np.random.normal(0, std, size=(input_size, hidden_size))
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = np.random.normal(0, std, size=(hidden_size, output_size))
        self.params["b2"] = np.zeros(output_size)

    def linear_predictors(self, X):
        ones = np.ones(len(X))
        eta1 = X @ self.params["W1"] + np.outer(ones, self.params["b1"])
        eta2 = pmax(eta1, 0) @ self.params["W2"] + np.outer(ones, self.params["b2"])
        return eta1, eta2

    def loss(self, X, y=None, reg=0.0):
        eta1, eta2 = self.linear_predictors(X)
        if y is None:
            return eta2
        n, n_classes = eta2.shape
        dummy = np.equal.outer(y, np.arange(n_classes)).astype(float)  # model.matrix(~ factor(y) - 1)
        log_z = sapply(eta2, np.logaddexp.reduce)
        observed_eta = np.sum(dummy * eta2, axis=1)
        deviance = -2 * np.sum(observed_eta - log_z)
        ridge = np.sum(self.params["W1"] ** 2) + np.sum(self.params["W2"] ** 2)
        loss = deviance / (2 * n) + reg * ridge

        mu = np.exp(eta2 - np.outer(log_z, np.ones(n_classes)))
        r2 = (mu - dummy) / n
        r1 = np.zeros(eta1.shape)
        for i in range(n):
            jacobian = np.diag((eta1[i] > 0).astype(float)) @ self.params["W2"]
            r1[i] = jacobian @ r2[i]
        grads = {
            "W1": crossprod(X, r1) + 2 * reg * self.params["W1"],
            "b1": crossprod(r1, np.ones(n)),
            "W2": crossprod(pmax(eta1, 0), r2) + 2 * reg * self.params["W2"],
            "b2": crossprod(r2, np.ones(n)),
        }
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
    ):
        n = len(X)
        per_pass = max(1, n // batch_size)
        loss_trace, train_rate, val_rate = [], [], []
        for t in range(1, num_iters + 1):
            drawn = np.random.choice(np.arange(n), size=batch_size, replace=True)
            X_t, y_t = X[drawn], y[drawn]
            loss_t, grads_t = self.loss(X_t, y_t, reg)
            loss_trace.append(loss_t)
            self.params = {name: self.params[name] - learning_rate * grads_t[name] for name in self.params}
            if t % per_pass == 0:
                train_rate.append(np.mean(self.predict(X_t) == y_t))
                val_rate.append(np.mean(self.predict(X_val) == y_val))
                learning_rate = learning_rate * learning_rate_decay
        return {"loss_history": loss_trace, "train_acc_history": train_rate, "val_acc_history": val_rate}

    def predict(self, X):
        eta2 = self.linear_predictors(X)[1]
        return sapply(eta2, np.argmax)
