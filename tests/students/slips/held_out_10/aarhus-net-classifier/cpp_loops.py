# Handin: NetClassifier. I come from C++, so: plain loops over the examples, one sample at a time,
# and only inner products are left to NumPy.
import math

import numpy as np

PARAM_NAMES = ["W1", "b1", "W2", "b2"]
VERBOSE = False


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k)."""
    n = len(vec)
    enc = np.zeros((n, k))
    for i in range(n):
        enc[i, vec[i]] = 1.0
    return enc


def softmax(X):
    """Row by row, shifted by the row's own maximum."""
    n = X.shape[0]
    k = X.shape[1]
    out = np.empty((n, k), dtype=np.float64)
    for i in range(n):
        biggest = X[i, 0]
        for j in range(1, k):
            if X[i, j] > biggest:
                biggest = X[i, j]
        total = 0.0
        for j in range(k):
            out[i, j] = math.exp(X[i, j] - biggest)
            total += out[i, j]
        for j in range(k):
            out[i, j] /= total
    return out


def relu(x):
    result = np.array(x, dtype=np.float64)  # deep copy, the caller keeps his
    flat = result.reshape(-1)  # view
    for idx in range(flat.size):
        if flat[idx] < 0.0:
            flat[idx] = 0.0
    return result


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class Sample:
    """What the forward pass of ONE example leaves behind (a struct)."""

    def __init__(self, z1, a1, z2):
        self.z1 = z1
        self.a1 = a1
        self.z2 = z2


def forward_one(x, params):
    bias1 = np.ravel(params["b1"])
    bias2 = np.ravel(params["b2"])
    z1 = np.dot(x, params["W1"]) + bias1
    a1 = np.where(z1 > 0.0, z1, 0.0)
    z2 = np.dot(a1, params["W2"]) + bias2
    return Sample(z1, a1, z2)


def sum_of_squares(M):
    acc = 0.0
    for row in M:
        acc += float(np.dot(row, row))
    return acc


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        answer = np.zeros(len(X), dtype=np.int64)
        for i in range(len(X)):
            z2 = forward_one(X[i], params).z2  # softmax is monotone: no need for it
            best = 0
            for c in range(1, len(z2)):
                if z2[c] > z2[best]:
                    best = c
            answer[i] = best
        return answer

    def score(self, X, y, params=None):
        guess = self.predict(X, params)
        hits = 0
        for i in range(len(y)):
            if guess[i] == y[i]:
                hits += 1
        return hits / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, W2 = params["W1"], params["W2"]
        n = len(X)
        k = W2.shape[1]

        d_w1 = np.zeros(W1.shape)
        d_w2 = np.zeros(W2.shape)
        d_b1 = np.zeros((1, W1.shape[1]))
        d_b2 = np.zeros((1, k))
        cost = 0.0

        for i in range(n):
            s = forward_one(X[i], params)
            # log p = z_y - log sum exp z
            top = s.z2.max()
            expo = np.exp(s.z2 - top)
            norm = expo.sum()
            cost -= s.z2[y[i]] - top - math.log(norm)

            delta2 = expo / norm
            delta2[y[i]] -= 1.0  # own array, nobody else sees it
            delta2 /= n
            d_w2 += np.outer(s.a1, delta2)
            d_b2[0] += delta2

            delta1 = np.dot(W2, delta2)
            for u in range(len(delta1)):
                if s.z1[u] <= 0.0:
                    delta1[u] = 0.0
            d_w1 += np.outer(X[i], delta1)
            d_b1[0] += delta1

        cost /= n
        cost += reg * (sum_of_squares(W1) + sum_of_squares(W2))
        d_w1 += 2.0 * reg * W1
        d_w2 += 2.0 * reg * W2

        grads = {}
        grads["d_w1"] = d_w1
        grads["d_w2"] = d_w2
        grads["d_b1"] = d_b1
        grads["d_b2"] = d_b2
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        current = {}
        for name in PARAM_NAMES:
            current[name] = init_params[name].copy()

        n = len(X_train)
        train_loss = [0.0] * epochs
        train_acc = [0.0] * epochs
        val_loss = [0.0] * epochs
        val_acc = [0.0] * epochs

        index = list(range(n))
        for epoch in range(epochs):
            # Fisher-Yates, as std::shuffle does it
            for i in range(n - 1, 0, -1):
                j = np.random.randint(0, i + 1)
                index[i], index[j] = index[j], index[i]

            begin = 0
            while begin < n:
                end = min(begin + batch_size, n)
                chosen = index[begin:end]
                _, g = self.cost_grad(X_train[chosen], y_train[chosen], current, reg)
                current["W1"] -= lr * g["d_w1"]
                current["b1"] -= lr * g["d_b1"]
                current["W2"] -= lr * g["d_w2"]
                current["b2"] -= lr * g["d_b2"]
                begin = end

            train_loss[epoch] = self.cost_grad(X_train, y_train, current, reg)[0]
            val_loss[epoch] = self.cost_grad(X_val, y_val, current, reg)[0]
            train_acc[epoch] = self.score(X_train, y_train, current)
            val_acc[epoch] = self.score(X_val, y_val, current)
            if VERBOSE:
                print("epoch", epoch, train_loss[epoch], val_acc[epoch])

        self.params = current
        self.history = {
            "train_loss": train_loss,
            "train_acc": train_acc,
            "val_loss": val_loss,
            "val_acc": val_acc,
        }


if __name__ == "__main__":
    net = NetClassifier()
    P = get_init_params(4, 6, 3)
    print(net.cost_grad(np.random.randn(5, 4), np.array([0, 1, 2, 1, 0]), P, 0.5)[0])
