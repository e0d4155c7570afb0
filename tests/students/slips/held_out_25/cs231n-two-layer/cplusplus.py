import numpy as np

PARAM_NAMES = ("W1", "b1", "W2", "b2")
MIN_PER_EPOCH = 1
PRINT_EVERY = 100


def add_bias(out: np.ndarray, bias: np.ndarray) -> None:
    for j in range(out.shape[1]):
        out[:, j] += bias[j]


def sum_squares(m: np.ndarray) -> float:
    acc: float = 0.0
    for r in range(len(m)):
        acc += float(np.dot(m[r], m[r]))
    return acc


class Workspace:
    """Buffers of one pass; made by the net, filled by its methods."""

    def __init__(self, n: int, h: int, c: int) -> None:
        self.z1 = np.zeros((n, h))
        self.a1 = np.zeros((n, h))
        self.scores = np.zeros((n, c))
        self.prob = np.zeros((n, c))
        self.d1 = np.zeros((n, h))
        self.d2 = np.zeros((n, c))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def forward(self, X: np.ndarray) -> Workspace:
        W1, W2 = self.params["W1"], self.params["W2"]
        ws = Workspace(len(X), W1.shape[1], W2.shape[1])
        np.dot(X, W1, out=ws.z1)
        add_bias(ws.z1, self.params["b1"])
        for j in range(W1.shape[1]):
            ws.a1[:, j] = np.where(ws.z1[:, j] > 0, ws.z1[:, j], 0.0)
        np.dot(ws.a1, W2, out=ws.scores)
        add_bias(ws.scores, self.params["b2"])
        return ws

    def softmax_loss(self, ws: Workspace, y: np.ndarray) -> float:
        """Fills ws.prob."""
        total: float = 0.0
        for i in range(len(y)):
            s = ws.scores[i] - np.amax(ws.scores[i])
            e = np.exp(s)
            denominator: float = e.sum()
            ws.prob[i] = e / denominator
            total += np.log(denominator) - s[y[i]]
        return total / len(y)

    def loss(self, X, y=None, reg=0.0):
        ws = self.forward(X)
        if y is None:
            return ws.scores

        W1, W2 = self.params["W1"], self.params["W2"]
        N: int = len(X)
        loss: float = self.softmax_loss(ws, y)
        loss += reg * (sum_squares(W1) + sum_squares(W2))

        grads = {}
        for name in PARAM_NAMES:
            grads[name] = np.zeros(self.params[name].shape)
        for i in range(N):
            ws.d2[i] += ws.prob[i] / N
            ws.d2[i, y[i]] -= 1.0 / N
            ws.d1[i] += W2.dot(ws.d2[i])
            for j in range(len(W2)):
                if ws.z1[i, j] <= 0:
                    ws.d1[i, j] = 0.0
            grads["b2"] += ws.d2[i]
            grads["b1"] += ws.d1[i]
        for k in range(len(W1)):
            grads["W1"][k] += X[:, k].dot(ws.d1)
            grads["W1"][k] += 2.0 * reg * W1[k]
        for k in range(len(W2)):
            grads["W2"][k] += ws.a1[:, k].dot(ws.d2)
            grads["W2"][k] += 2.0 * reg * W2[k]
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        num_train: int = X.shape[0]
        iterations_per_epoch: int = max(num_train // batch_size, MIN_PER_EPOCH)
        loss_history = np.zeros(num_iters)
        train_acc_history = []
        val_acc_history = []
        X_batch = np.zeros((batch_size, X.shape[1]))
        y_batch = np.zeros(batch_size, dtype=int)
        for it in range(num_iters):
            for b in range(batch_size):
                pick: int = np.random.randint(num_train)
                X_batch[b] = X[pick]
                y_batch[b] = y[pick]
            loss, grads = self.loss(X_batch, y_batch, reg)
            loss_history[it] = loss
            for p in range(len(PARAM_NAMES)):
                name = PARAM_NAMES[p]
                self.params[name] = self.params[name] - learning_rate * grads[name]
            if verbose and it % PRINT_EVERY == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
            if (it + 1) % iterations_per_epoch == 0:
                train_acc_history.append((self.predict(X_batch) == y_batch).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return {
            "loss_history": list(loss_history),
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        scores = self.forward(X).scores
        labels = np.zeros(len(X), dtype=int)
        for i in range(len(X)):
            for c in range(scores.shape[1]):
                if scores[i, c] > scores[i, labels[i]]:
                    labels[i] = c
        return labels
