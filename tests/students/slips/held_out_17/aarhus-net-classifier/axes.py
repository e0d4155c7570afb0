# axes:  i example   d input   h hidden   k class (j a second class)
import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    for i in range(len(vec)):
        encoded[i, vec[i]] = 1
    return encoded


def softmax(X):
    p_ik = np.zeros(X.shape)
    for i in range(len(X)):
        e_k = np.exp(X[i] - X[i].max())
        p_ik[i] = e_k / e_k.sum()
    return p_ik


def relu(x):
    return np.array([[v if v > 0 else 0.0 for v in row] for row in x])


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
        if params is None:
            params = self.params
        z_ih = np.einsum("id,dh->ih", X, params["W1"]) + params["b1"]
        s_ik = np.einsum("ih,hk->ik", relu(z_ih), params["W2"]) + params["b2"]
        classes = []
        for s_k in s_ik:
            best = 0
            for k in range(len(s_k)):
                if s_k[k] > s_k[best]:
                    best = k
            classes.append(best)
        return np.array(classes)

    def score(self, X, y, params=None):
        right = 0
        for guess, label in zip(self.predict(X, params), y):
            if guess == label:
                right += 1
        return right / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W_dh = params["W1"]
        W_hk = params["W2"]
        n_i = len(X)
        t_ik = one_in_k_encoding(y, W_hk.shape[1])

        z_ih = np.einsum("id,dh->ih", X, W_dh) + params["b1"]
        a_ih = relu(z_ih)
        p_ik = softmax(np.einsum("ih,hk->ik", a_ih, W_hk) + params["b2"])

        cost = 0.0
        for i in range(n_i):
            cost -= np.log(p_ik[i, y[i]]) / n_i
        cost += reg * (np.einsum("dh,dh->", W_dh, W_dh) + np.einsum("hk,hk->", W_hk, W_hk))

        g_ik = (p_ik - t_ik) / n_i
        d_w2 = np.einsum("ih,ik->hk", a_ih, g_ik) + 2 * reg * W_hk
        d_b2 = np.einsum("ik->k", g_ik)

        g_ih = np.einsum("ik,hk->ih", g_ik, W_hk)
        for i in range(n_i):
            for h in range(len(W_hk)):
                if z_ih[i, h] <= 0:
                    g_ih[i, h] = 0
        d_w1 = np.einsum("id,ih->dh", X, g_ih) + 2 * reg * W_dh
        d_b1 = np.einsum("ih->h", g_ih)

        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1[None, :], "d_b2": d_b2[None, :]}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = 1.0 * init_params["W1"]
        b1 = 1.0 * init_params["b1"]
        W2 = 1.0 * init_params["W2"]
        b2 = 1.0 * init_params["b2"]
        train_loss, train_acc, val_loss, val_acc = [], [], [], []
        n = len(X_train)
        for epoch in range(epochs):
            left = list(range(n))
            np.random.shuffle(left)
            while left:
                rows = left[:batch_size]
                left = left[batch_size:]
                now = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
                _, g = NetClassifier.cost_grad(X_train[rows], y_train[rows], now, reg)
                W1 = W1 - lr * g["d_w1"]
                b1 = b1 - lr * g["d_b1"]
                W2 = W2 - lr * g["d_w2"]
                b2 = b2 - lr * g["d_b2"]
            self.params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
            train_loss.append(NetClassifier.cost_grad(X_train, y_train, self.params, reg)[0])
            train_acc.append(self.score(X_train, y_train))
            val_loss.append(NetClassifier.cost_grad(X_val, y_val, self.params, reg)[0])
            val_acc.append(self.score(X_val, y_val))
        self.history = {"train_loss": train_loss, "train_acc": train_acc, "val_loss": val_loss, "val_acc": val_acc}
