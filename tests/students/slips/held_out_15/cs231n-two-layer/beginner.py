import numpy as np


def relu_forward(z):
    a = []
    for row in z:
        a.append([v if v > 0 else 0.0 for v in row])
    return np.array(a)


def relu_backward(upstream, z):
    # 1 where z > 0
    out = []
    for g_row, z_row in zip(upstream, z):
        out.append([g if v > 0 else 0.0 for g, v in zip(g_row, z_row)])
    return np.array(out)


def log_prob_of_row(s):
    s = s - np.max(s)
    return s - np.log(np.sum(np.exp(s)))


def squares(W):
    return np.sum(W * W)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        W1 = self.params["W1"]
        b1 = self.params["b1"]
        W2 = self.params["W2"]
        b2 = self.params["b2"]
        N = len(X)

        # layer 1
        z1 = X.dot(W1) + b1
        a1 = relu_forward(z1)
        # layer 2
        z2 = a1.dot(W2) + b2

        if y is None:
            return z2

        # softmax, row by row
        logp = []
        for row in z2:
            logp.append(log_prob_of_row(row))
        loss = 0
        for i in range(N):
            loss += -logp[i][y[i]]
        loss /= N
        loss += reg * squares(W1)
        loss += reg * squares(W2)

        # now backwards. dscores = p, minus 1 for the right class
        dscores = []
        for i in range(N):
            p = np.exp(logp[i])
            p[y[i]] -= 1
            dscores.append(p / N)
        dscores = np.array(dscores)

        grads = {}
        # layer 2
        grads["W2"] = a1.T.dot(dscores)
        grads["W2"] += 2 * reg * W2
        grads["b2"] = sum(dscores)
        # layer 1
        dhidden = dscores.dot(W2.T)
        dz = relu_backward(dhidden, z1)
        grads["W1"] = X.T.dot(dz)
        grads["W1"] += 2 * reg * W1
        grads["b1"] = sum(dz)
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        N = X.shape[0]
        losses = []
        acc1 = []
        acc2 = []
        seen = 0          # how many examples since the last decay
        for it in range(num_iters):
            idx = []
            for _ in range(batch_size):
                idx.append(np.random.randint(0, N))
            xb = np.array([X[i] for i in idx])
            yb = np.array([y[i] for i in idx])

            l, g = self.loss(xb, yb, reg)
            losses.append(l)

            # update, one line for each
            self.params["W1"] = self.params["W1"] - learning_rate * g["W1"]
            self.params["b1"] = self.params["b1"] - learning_rate * g["b1"]
            self.params["W2"] = self.params["W2"] - learning_rate * g["W2"]
            self.params["b2"] = self.params["b2"] - learning_rate * g["b2"]

            if verbose:
                print(it, l)

            seen = seen + batch_size
            if seen >= N:
                # one pass over the data
                seen = 0
                acc1.append((self.predict(xb) == yb).mean())
                acc2.append((self.predict(X_val) == y_val).mean())
                learning_rate = learning_rate * learning_rate_decay

        return {"loss_history": losses, "train_acc_history": acc1, "val_acc_history": acc2}

    def predict(self, X):
        scores = self.loss(X)
        y_pred = []
        for s in scores:
            y_pred.append(list(s).index(max(s)))
        return np.array(y_pred)
