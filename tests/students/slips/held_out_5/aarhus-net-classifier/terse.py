import numpy as np
softmax = lambda X: np.exp(X - np.logaddexp.reduce(X, axis=1, keepdims=True))
relu = lambda x: np.maximum(x, 0)
class NetClassifier:
    def __init__(s): s.params = s.history = None
    def scores(s, X, q): return relu(X @ q['W1'] + q['b1']) @ q['W2'] + q['b2']
    def predict(s, X, params=None): return s.scores(X, s.params if params is None else params).argmax(1)
    def score(s, X, y, params=None): return np.mean(np.equal(s.predict(X, params), y))
    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W, b, V, c = params['W1'], params['b1'], params['W2'], params['b2']
        A = X @ W + b; H = relu(A); S = H @ V + c; n = len(X); i = np.arange(n)
        cost = (np.logaddexp.reduce(S, axis=1) - S[i, y]).mean() + reg * ((W * W).sum() + (V * V).sum())
        D = softmax(S); D[i, y] -= 1; D /= n
        G = D @ V.T * (A > 0)
        return cost, {'d_w1': X.T @ G + 2 * reg * W, 'd_w2': H.T @ D + 2 * reg * V, 'd_b1': G.sum(0, keepdims=True), 'd_b2': D.sum(0, keepdims=True)}
    def fit(s, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        q = {k: v.copy() for k, v in init_params.items()}; h = {k: np.zeros(epochs) for k in ('train_loss', 'train_acc', 'val_loss', 'val_acc')}
        for e in range(epochs):
            o = np.random.permutation(len(y_train))
            for j in range(0, len(o), batch_size):
                r = o[j:j + batch_size]; g = s.cost_grad(X_train[r], y_train[r], q, reg)[1]
                q = {k: q[k] - lr * g['d_' + k.lower()] for k in q}
            for w, X, y in (('train', X_train, y_train), ('val', X_val, y_val)):
                h[w + '_loss'][e] = s.cost_grad(X, y, q, reg)[0]; h[w + '_acc'][e] = s.score(X, y, q)
        s.params, s.history = q, h
