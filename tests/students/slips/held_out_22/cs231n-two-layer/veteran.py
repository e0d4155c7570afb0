import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = dict()
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros((hidden_size,))
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros((output_size,))
        self.gW1 = None
        self.gW2 = None

    def compute_scores(self, X):
        W1 = self.params["W1"]
        W2 = self.params["W2"]
        N = X.shape[0]
        H = W1.shape[1]
        C = W2.shape[1]
        hid = np.empty((N, H))
        out = np.empty((N, C))
        for n in range(N):
            hid[n, :] = self.params["b1"]
            hid[n, :] += np.dot(X[n, :], W1)
            np.maximum(hid[n, :], 0.0, out=hid[n, :])
            out[n, :] = self.params["b2"]
            out[n, :] += np.dot(hid[n, :], W2)
        return hid, out

    def loss(self, X, y=None, reg=0.0):
        hid, out = self.compute_scores(X)
        if y is None:
            return out

        W1 = self.params["W1"]
        W2 = self.params["W2"]
        N = X.shape[0]
        D = W1.shape[0]
        H = W1.shape[1]
        C = W2.shape[1]
        if self.gW1 is None or self.gW1.shape != (D, H) or self.gW2.shape != (H, C):
            self.gW1 = np.empty((D, H))
            self.gW2 = np.empty((H, C))
        self.gW1[:, :] = 0.0
        self.gW2[:, :] = 0.0
        gb1 = np.zeros(H)
        gb2 = np.zeros(C)
        err = np.zeros(C)
        back = np.zeros(H)

        total = 0.0
        for n in range(N):
            top = out[n, :].max()
            err[:] = np.exp(out[n, :] - top)
            norm = err.sum()
            err /= norm
            total += np.log(norm) + top - out[n, y[n]]
            err[y[n]] -= 1.0

            self.gW2 += np.outer(hid[n, :], err)
            gb2 += err
            back[:] = np.dot(W2, err)
            back[hid[n, :] <= 0.0] = 0.0
            self.gW1 += np.outer(X[n, :], back)
            gb1 += back

        total /= N
        self.gW1 /= N
        self.gW2 /= N
        gb1 /= N
        gb2 /= N

        for d in range(D):
            total += reg * np.dot(W1[d, :], W1[d, :])
            self.gW1[d, :] += 2.0 * reg * W1[d, :]
        for h in range(H):
            total += reg * np.dot(W2[h, :], W2[h, :])
            self.gW2[h, :] += 2.0 * reg * W2[h, :]

        return total, {"W1": self.gW1.copy(), "b1": gb1, "W2": self.gW2.copy(), "b2": gb2}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        N = X.shape[0]
        B = batch_size
        names = ("W1", "b1", "W2", "b2")
        passes = N // B
        if passes < 1:
            passes = 1
        hist = [0.0] * num_iters
        rows = np.zeros(B, dtype=np.int64)
        acc_tr = []
        acc_va = []
        for it in range(num_iters):
            rows[:] = np.random.randint(0, N, B)
            xb = X[rows, :]
            yb = y[rows]
            hist[it], g = self.loss(xb, yb, reg)
            for k in range(4):
                self.params[names[k]] = self.params[names[k]] - learning_rate * g[names[k]]
            if (it + 1) % passes == 0:
                acc_tr.append(np.sum(self.predict(xb) == yb) / B)
                acc_va.append(np.sum(self.predict(X_val) == y_val) / max(X_val.shape[0], 1))
                learning_rate *= learning_rate_decay
        return {"loss_history": hist, "train_acc_history": acc_tr, "val_acc_history": acc_va}

    def predict(self, X):
        out = self.compute_scores(X)[1]
        N = out.shape[0]
        C = out.shape[1]
        best = np.zeros(N, dtype=np.int64)
        for n in range(N):
            for c in range(1, C):
                if out[n, c] > out[n, best[n]]:
                    best[n] = c
        return best
