# n example, d input, h hidden unit, c class
import numpy as np

ALL = ("W1", "b1", "W2", "b2")


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        W1_dh, b1_h, W2_hc, b2_c = map(self.params.get, ALL)
        z_nh = np.tensordot(X, W1_dh, axes=(1, 0)) + np.expand_dims(b1_h, 0)
        on_nh = np.where(z_nh > 0, 1.0, 0.0)
        s_nc = np.einsum("nh,nh,hc->nc", z_nh, on_nh, W2_hc) + np.expand_dims(b2_c, 0)
        if y is None:
            return s_nc

        N, C = s_nc.shape
        t_nc = np.zeros((N, C))
        np.put_along_axis(t_nc, np.asarray(y)[:, None], 1.0, axis=1)
        lse_n = np.logaddexp.reduce(s_nc, axis=1)
        logp_nc = s_nc - lse_n[:, None]
        cost = -np.einsum("nc,nc->", t_nc, logp_nc) / N
        cost += reg * (np.einsum("dh,dh->", W1_dh, W1_dh) + np.einsum("hc,hc->", W2_hc, W2_hc))

        r_nc = (np.exp(logp_nc) - t_nc) / N
        r_nh = np.einsum("nc,hc,nh->nh", r_nc, W2_hc, on_nh)
        return cost, {
            "W1": np.einsum("nd,nh->dh", X, r_nh) + 2 * reg * W1_dh,
            "b1": np.einsum("nh->h", r_nh),
            "W2": np.einsum("nh,nh,nc->hc", z_nh, on_nh, r_nc) + 2 * reg * W2_hc,
            "b2": np.einsum("nc->c", r_nc),
        }

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        N = len(X)
        per_pass = max(1, N // batch_size)
        losses = np.zeros(num_iters)
        accs_train, accs_val = [], []
        for i in range(num_iters):
            n = np.argsort(np.random.rand(N))[:batch_size]  # without replacement
            losses[i], g = self.loss(np.take(X, n, axis=0), np.take(y, n), reg)
            rate = learning_rate * learning_rate_decay ** (i // per_pass)
            for k in ALL:
                self.params[k] = self.params[k] - rate * g[k]
            if (i + 1) % per_pass == 0:
                accs_train.append((self.predict(X) == y).mean())
                accs_val.append((self.predict(X_val) == y_val).mean())
        return {"loss_history": losses, "train_acc_history": accs_train, "val_acc_history": accs_val}

    def predict(self, X):
        s_nc = self.loss(X)
        return np.array([max(range(len(s_c)), key=s_c.__getitem__) for s_c in s_nc])
