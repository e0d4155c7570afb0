"""Two layers in index notation. n example, i input, j hidden, k class; repeated indices are summed."""

import numpy as np

LEARNING_RATE = 1e-3
DECAY = 0.95
REG = 5e-6
ITERATIONS = 100
BATCH = 200


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": np.random.normal(0.0, std, (input_size, hidden_size)),
            "b1": np.zeros(hidden_size),
            "W2": np.random.normal(0.0, std, (hidden_size, output_size)),
            "b2": np.zeros(output_size),
        }

    def fields(self, x):
        """z_nj, a_nj = theta(z_nj) z_nj and the scores s_nk."""
        z = np.einsum("ni,ij->nj", x, self.params["W1"]) + self.params["b1"]
        a = np.heaviside(z, 0.0) * z
        s = np.einsum("nj,jk->nk", a, self.params["W2"]) + self.params["b2"]
        return z, a, s

    def loss(self, X, y=None, reg=0.0):
        z, a, s = self.fields(X)
        if y is None:
            return s
        W1, W2 = self.params["W1"], self.params["W2"]
        N, K = s.shape
        t = np.equal.outer(y, np.arange(K)).astype(float)

        s = s - np.amax(s, axis=1)[:, None]
        Z = np.einsum("nk->n", np.exp(s))
        p = np.exp(s) / Z[:, None]
        surprise = np.log(Z) - np.einsum("nk,nk->n", t, s)
        L = surprise.sum() / N + reg * (np.einsum("ij,ij->", W1, W1) + np.einsum("jk,jk->", W2, W2))

        delta2 = (p - t) / N
        delta1 = np.einsum("nk,jk,nj->nj", delta2, W2, np.heaviside(z, 0.0))
        return L, {
            "W1": np.einsum("ni,nj->ij", X, delta1) + 2.0 * reg * W1,
            "b1": np.einsum("nj->j", delta1),
            "W2": np.einsum("nj,nk->jk", a, delta2) + 2.0 * reg * W2,
            "b2": np.einsum("nk->k", delta2),
        }

    def train(self, X, y, X_val, y_val, learning_rate=LEARNING_RATE, learning_rate_decay=DECAY, reg=REG,
              num_iters=ITERATIONS, batch_size=BATCH, verbose=False):
        N = X.shape[0]
        period = max(N // batch_size, 1)
        L_t, hit, hit_val = np.zeros(num_iters), [], []
        eta = learning_rate
        for t in range(num_iters):
            n = np.random.permutation(N)[:batch_size]
            L_t[t], force = self.loss(X[n], y[n], reg)
            for q in force:
                self.params[q] = self.params[q] - eta * force[q]
            if (t + 1) % period == 0:
                eta = eta * learning_rate_decay
                hit.append(np.mean(self.predict(X) == y))
                hit_val.append(np.mean(self.predict(X_val) == y_val))
                if verbose:
                    print(f"t = {t}: L = {L_t[t]:.4f}")
        return {"loss_history": list(L_t), "train_acc_history": hit, "val_acc_history": hit_val}

    def predict(self, X):
        _, _, s = self.fields(X)
        return s.argmax(axis=1)
