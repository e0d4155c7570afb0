# The network of the notes: x -> z1 = W1' x + b1 -> a1 = relu(z1) -> z2 = W2' a1 + b2 -> S(z2).
# The derivatives are those of the notes too, one factor of the chain rule after the other.
import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    S = np.zeros(X.shape)
    for i in range(X.shape[0]):
        e = np.exp(X[i] - np.max(X[i]))
        S[i] = e / np.sum(e)
    return S


def log_softmax_jacobian(S):
    """dS_c/dz_j = S_c (1[c = j] - S_j), so d log S_c/dz_j = 1[c = j] - S_j; one matrix an example: (n, k, k)."""
    I = np.eye(S.shape[1])
    return I[None, :, :] - S[:, None, :]


def relu(x):
    return (np.abs(x) + x) / 2


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        theta = self.params if params is None else params
        z2 = relu(X @ theta["W1"] + theta["b1"]) @ theta["W2"] + theta["b2"]
        S = softmax(z2)
        y_hat = np.array([np.argmax(row) for row in S])
        return y_hat

    def score(self, X, y, params=None):
        y_hat = self.predict(X, params)
        errors = np.sum(y_hat != y)
        return 1 - errors / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
        n, d = X.shape
        h, k = W2.shape
        Y = one_in_k_encoding(y, k)

        Z1 = X @ W1 + b1
        A1 = relu(Z1)
        Z2 = A1 @ W2 + b2
        S = softmax(Z2)

        # L = -1/n sum_i sum_c Y_ic log S_ic + reg (|W1|^2 + |W2|^2)
        py = np.maximum(np.sum(Y * S, axis=1), 1e-15)
        L = -np.sum(np.log(py)) / n
        L = L + reg * (np.trace(W1.T @ W1) + np.trace(W2.T @ W2))

        # dL/dz2_j = sum_c (dL/dlog S_c) (dlog S_c/dz2_j), with dL/dlog S_c = -Y_c / n
        dL_dlogS = -Y / n
        J = log_softmax_jacobian(S)
        dL_dz2 = np.einsum("ic,icj->ij", dL_dlogS, J)

        dL_dW1 = np.zeros((d, h))
        dL_db1 = np.zeros((1, h))
        dL_dW2 = np.zeros((h, k))
        dL_db2 = np.zeros((1, k))
        for i in range(n):
            g2 = dL_dz2[i]
            # dz2/dW2 and dz2/db2
            dL_dW2 += np.outer(A1[i], g2)
            dL_db2 += g2
            # dz2/da1 = W2', da1/dz1 = diag(1[z1 > 0])
            da1_dz1 = np.diag((Z1[i] > 0).astype(float))
            g1 = da1_dz1 @ (W2 @ g2)
            # dz1/dW1 and dz1/db1
            dL_dW1 += np.outer(X[i], g1)
            dL_db1 += g1

        # derivative of reg |W|^2
        dL_dW1 += 2 * reg * W1
        dL_dW2 += 2 * reg * W2
        return L, {"d_w1": dL_dW1, "d_w2": dL_dW2, "d_b1": dL_db1, "d_b2": dL_db2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        theta = {"W1": None, "b1": None, "W2": None, "b2": None}
        for name in theta:
            theta[name] = 1.0 * init_params[name]
        n = len(X_train)
        m = -(-n // batch_size)  # number of batches, rounded up
        train_loss, train_acc, val_loss, val_acc = [], [], [], []
        for t in range(epochs):
            pi = np.random.permutation(n)
            for j in range(m):
                B = pi[j * batch_size:(j + 1) * batch_size]
                L, grad = self.cost_grad(X_train[B], y_train[B], theta, reg)
                for name, d_name in (("W1", "d_w1"), ("b1", "d_b1"), ("W2", "d_w2"), ("b2", "d_b2")):
                    theta[name] = theta[name] - lr * grad[d_name]
            train_loss.append(self.cost_grad(X_train, y_train, theta, reg)[0])
            train_acc.append(self.score(X_train, y_train, theta))
            val_loss.append(self.cost_grad(X_val, y_val, theta, reg)[0])
            val_acc.append(self.score(X_val, y_val, theta))
        self.params = theta
        self.history = {"train_loss": train_loss, "train_acc": train_acc, "val_loss": val_loss, "val_acc": val_acc}
