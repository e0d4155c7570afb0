"""Neural net as two stacked (generalised) linear models with an intercept column. After my R code for nnet."""
import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def crossprod(A, B):
    return A.T @ B


def row_apply(f, M):
    return np.array([f(row) for row in M])


def log_softmax(X):
    return X - row_apply(np.logaddexp.reduce, X)[:, np.newaxis]


def softmax(X):
    return np.exp(log_softmax(X))


def relu(x):
    return np.where(x > 0, x, 0.0)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def design(X):
    """cbind(1, X)"""
    return np.column_stack((np.ones(len(X)), X))


def coefficients(params):
    """rbind(b, W) of each of the two models."""
    alpha = np.vstack((np.reshape(params["b1"], (1, -1)), params["W1"]))
    beta = np.vstack((np.reshape(params["b2"], (1, -1)), params["W2"]))
    return alpha, beta


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        alpha, beta = coefficients(params)
        hidden = relu(design(X) @ alpha)
        return row_apply(np.argmax, softmax(design(hidden) @ beta))

    def score(self, X, y, params=None):
        predicted = self.predict(X, params)
        k = 1 + max(predicted.max(), np.max(y))
        table = crossprod(one_in_k_encoding(predicted, k), one_in_k_encoding(y, k))
        return np.trace(table) / np.sum(table)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        alpha, beta = coefficients(params)
        n, k = len(X), beta.shape[1]
        Y = one_in_k_encoding(y, k)

        design1 = design(X)
        eta1 = design1 @ alpha
        design2 = design(relu(eta1))
        log_pi = log_softmax(design2 @ beta)

        log_lik = np.mean(np.sum(Y * log_pi, axis=1))
        ridge = sum(np.trace(crossprod(B[1:], B[1:])) for B in (alpha, beta))

        resid = Y - np.exp(log_pi)  # working residuals
        score2 = sum(np.outer(z, r) for z, r in zip(design2, resid)) / n
        back = (resid @ beta[1:].T) * np.heaviside(eta1, 0)
        score1 = crossprod(design1, back) / n

        # intercepts are not penalised
        penalty1 = np.vstack((np.zeros((1, alpha.shape[1])), alpha[1:]))
        penalty2 = np.vstack((np.zeros((1, k)), beta[1:]))
        g1 = 2 * reg * penalty1 - score1
        g2 = 2 * reg * penalty2 - score2
        return reg * ridge - log_lik, {"d_w1": g1[1:], "d_b1": g1[:1], "d_w2": g2[1:], "d_b2": g2[:1]}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        n = len(X_train)
        block = np.arange(n) // batch_size
        theta = {name: np.array(init_params[name], dtype=float) for name in ("W1", "b1", "W2", "b2")}
        trace = []
        for epoch in range(epochs):
            permuted = np.random.choice(n, size=n, replace=False)
            for j in range(block.max() + 1):
                sample = permuted[block == j]
                cost, grads = self.cost_grad(X_train[sample], y_train[sample], theta, reg)
                theta = {name: theta[name] - lr * grads["d_" + name.lower()] for name in theta}
            in_sample = self.cost_grad(X_train, y_train, theta, reg)[0], self.score(X_train, y_train, theta)
            out_of_sample = self.cost_grad(X_val, y_val, theta, reg)[0], self.score(X_val, y_val, theta)
            trace.append(in_sample + out_of_sample)
        self.params = theta
        columns = np.array(trace).T
        self.history = {
            "train_loss": columns[0],
            "train_acc": columns[1],
            "val_loss": columns[2],
            "val_acc": columns[3],
        }
