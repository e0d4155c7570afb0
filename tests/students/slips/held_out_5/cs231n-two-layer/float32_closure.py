import numpy as np
f32 = np.float32

class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {'W1': (std * np.random.randn(input_size, hidden_size)).astype(f32),
                       'b1': np.zeros(hidden_size, f32),
                       'W2': (std * np.random.randn(hidden_size, output_size)).astype(f32),
                       'b2': np.zeros(output_size, f32)}

    def loss(self, X, y=None, reg=0.0):
        W1, b1, W2, b2 = [self.params[k] for k in ('W1', 'b1', 'W2', 'b2')]
        h, dh = self.dense(X, W1, b1)
        a, da = self.rectify(h)
        s, ds = self.dense(a, W2, b2)
        if y is None:
            return s
        top = s.max(axis=-1, keepdims=True)
        lse = np.log(np.exp(s - top).sum(axis=-1, keepdims=True)) + top
        nll = lse[:, 0] - s[np.arange(len(y)), y]
        g = np.exp(s - lse)
        g[np.arange(len(y)), y] -= 1
        ga, gW2, gb2 = ds(g / len(y))
        _, gW1, gb1 = dh(da(ga))
        sq = lambda w: (w ** 2).sum()
        return nll.mean() + reg * (sq(W1) + sq(W2)), {
            'W1': gW1 + 2 * reg * W1, 'b1': gb1, 'W2': gW2 + 2 * reg * W2, 'b2': gb2}

    @staticmethod
    def dense(x, w, b):
        def back(g):
            return g @ w.T, x.T @ g, g.sum(0)
        return x @ w + b, back

    @staticmethod
    def rectify(x):
        keep = (x > 0).astype(x.dtype)
        return x * keep, lambda g: g * keep

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        every = max(X.shape[0] // batch_size, 1)
        out = {k: [] for k in ('loss_history', 'train_acc_history', 'val_acc_history')}
        it = 0
        while it < num_iters:
            i = np.random.choice(np.arange(X.shape[0]), size=min(batch_size, X.shape[0]), replace=False)
            l, g = self.loss(X[i], y[i], reg)
            out['loss_history'].append(float(l))
            for k, w in self.params.items():
                w -= (learning_rate * g[k]).astype(w.dtype)
            it += 1
            if not it % every:
                out['train_acc_history'].append(np.mean(self.predict(X[i]) == y[i]))
                out['val_acc_history'].append(np.mean(self.predict(X_val) == y_val))
                learning_rate *= learning_rate_decay
        return out

    def predict(self, X):
        return self.loss(X).argmax(1)
