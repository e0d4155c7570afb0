import numpy as np


def one_hot(y, C):
    """T (N, C): T[n, c] = 1[y_n = c]."""
    return (np.asarray(y)[:, None] == np.arange(C)[None, :]).astype(float)


def ext(M):
    """The design matrix with a column of ones: [M 1], so that [M 1] [W; b] = M W + b."""
    return np.hstack([M, np.ones((M.shape[0], 1))])


class TwoLayerNet:
    """theta1 = [W1; b1] (D+1, H), theta2 = [W2; b2] (H+1, C)."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def theta(self, layer):
        W = self.params["W%d" % layer]
        b = np.reshape(self.params["b%d" % layer], (1, -1))
        return np.vstack([W, b])

    def loss(self, X, y=None, reg=0.0):
        theta1, theta2 = self.theta(1), self.theta(2)
        N = X.shape[0]
        D, H = self.params["W1"].shape
        C = theta2.shape[1]

        # forward: u = theta1' [x 1], v = max(u, 0), s = theta2' [v 1]
        U = ext(X) @ theta1
        V = np.maximum(U, 0)
        s = ext(V) @ theta2
        if y is None:
            return s

        # l_n = log sum_c exp(s_nc) - sum_c T_nc s_nc
        T = one_hot(y, C)
        m = s.max(axis=1)
        log_Z = m + np.log(np.exp(s - m[:, None]).sum(axis=1))
        l = log_Z - (T * s).sum(axis=1)

        # R = reg (||W1||^2 + ||W2||^2), without the last rows of theta1, theta2, which are the biases
        R = reg * ((theta1[:-1] ** 2).sum() + (theta2[:-1] ** 2).sum())
        L = l.sum() / N + R

        # sums of the outer products [x 1] (dl/du)' and [v 1] (dl/ds)'
        G1 = np.zeros((D + 1, H))
        G2 = np.zeros((H + 1, C))
        for n in range(N):
            P_n = np.exp(s[n] - log_Z[n])  # softmax: dlogZ/ds
            dl_ds = P_n - T[n]
            ds_dv = theta2[:H].T  # (C, H): ds_c/dv_h = W2_hc
            dv_du = np.diag(1.0 * (U[n] > 0))  # (H, H)
            dl_du = dl_ds @ ds_dv @ dv_du
            G2 += np.outer(np.append(V[n], 1.0), dl_ds)
            G1 += np.outer(np.append(X[n], 1.0), dl_du)
        G1 /= N
        G2 /= N

        # dR/dW = 2 reg W, dR/db = 0
        G1[:-1] += 2 * reg * theta1[:-1]
        G2[:-1] += 2 * reg * theta2[:-1]
        return L, {"W1": G1[:-1], "b1": G1[-1], "W2": G2[:-1], "b2": G2[-1]}

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
        eta = learning_rate
        N = len(X)
        steps_per_pass = max(N // batch_size, 1)
        J, a_train, a_val = [], [], []
        for k in range(num_iters):
            B = np.random.choice(np.arange(N), size=batch_size)
            J_B, grad = self.loss(X[B], y[B], reg)
            J.append(J_B)
            # theta_{k+1} = theta_k - eta_k grad J
            self.params = {name: self.params[name] - eta * grad[name] for name in self.params}
            if (k + 1) % steps_per_pass == 0:
                a_train.append(np.mean(self.predict(X[B]) == y[B]))
                a_val.append(np.mean(self.predict(X_val) == y_val))
                # geometric decay: eta_e = eta_0 decay^e, e the number of passes so far
                e = (k + 1) // steps_per_pass
                eta = learning_rate * learning_rate_decay**e
        return {"loss_history": J, "train_acc_history": a_train, "val_acc_history": a_val}

    def predict(self, X):
        s = self.loss(X)
        return np.array([int(np.argmax(s_n)) for s_n in s])
