"""
Hand-in 2 - network classifier.

I work with one example per COLUMN (as in our lecture notes) and transpose at the edges.
The training history is the average over the epoch's batches, the validation history is taken at the end of the epoch.
"""
import numpy as np

EPS = 1e-12


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    out = np.array(X, dtype=float, order='F')
    out -= np.amax(out, axis=1).reshape(-1, 1)
    np.exp(out, out=out)
    out /= np.sum(out, axis=1).reshape(-1, 1)
    return out


def relu(x):
    return x * np.heaviside(x, 0)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def propagate(X, params):
    """Everything with examples as columns: Z1 (h, n), A1 (h, n), P (k, n)"""
    x = np.ascontiguousarray(X.T)
    Z1 = np.matmul(params['W1'].T, x)
    Z1 += params['b1'].reshape(-1, 1)
    A1 = relu(Z1)
    Z2 = np.matmul(params['W2'].T, A1)
    Z2 += params['b2'].reshape(-1, 1)
    return x, Z1, A1, softmax(Z2.T).T


class NetClassifier():

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        P = propagate(X, params)[-1]
        return np.argmax(P, axis=0)

    def score(self, X, y, params=None):
        hits = self.predict(X, params) == np.asarray(y)
        return hits.sum() / hits.size

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, W2 = params['W1'], params['W2']
        n = X.shape[0]
        x, Z1, A1, P = propagate(X, params)
        k = P.shape[0]
        Y = np.equal.outer(np.arange(k), np.asarray(y)).astype(float)       # (k, n)

        right = np.sum(P * Y, axis=0)                                       # (n,)
        cost = -np.sum(np.log(np.clip(right, EPS, None))) / n
        cost += reg * (np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2)

        D2 = (P - Y) / n                                                    # (k, n)
        D1 = np.matmul(W2, D2) * np.heaviside(Z1, 0)                        # (h, n)
        return cost, {
            'd_w1': np.matmul(D1, x.T).T + 2 * reg * W1,
            'd_w2': np.matmul(D2, A1.T).T + 2 * reg * W2,
            'd_b1': np.sum(D1, axis=1)[np.newaxis, :],
            'd_b2': np.sum(D2, axis=1)[np.newaxis, :],
        }

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params['W1'].copy()
        b1 = init_params['b1'].copy()
        W2 = init_params['W2'].copy()
        b2 = init_params['b2'].copy()
        current = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}

        n = X_train.shape[0]
        train_loss, train_acc = np.zeros(epochs), np.zeros(epochs)
        val_loss, val_acc = np.zeros(epochs), np.zeros(epochs)

        for e in range(epochs):
            shuffle = np.random.permutation(n)
            Xs = X_train[shuffle, :]
            ys = y_train[shuffle]
            start = 0
            while start < n:
                stop = min(start + batch_size, n)
                Xb, yb = Xs[start:stop], ys[start:stop]
                cost, g = self.cost_grad(Xb, yb, current, reg)
                train_loss[e] += cost * (stop - start) / n
                train_acc[e] += self.score(Xb, yb, current) * (stop - start) / n
                # own copies, so in place is fine
                W1 -= lr * g['d_w1']
                b1 -= lr * g['d_b1'].reshape(b1.shape)
                W2 -= lr * g['d_w2']
                b2 -= lr * g['d_b2'].reshape(b2.shape)
                start = stop
            val_loss[e] = self.cost_grad(X_val, y_val, current, reg)[0]
            val_acc[e] = self.score(X_val, y_val, current)

        self.params = current
        self.history = {'train_loss': train_loss, 'train_acc': train_acc, 'val_loss': val_loss, 'val_acc': val_acc}
