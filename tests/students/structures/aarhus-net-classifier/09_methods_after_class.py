# %% [markdown]
# # Hand-in 2, written in notebook cells: the class grows cell by cell

# %%
# %matplotlib inline
# %load_ext autoreload
import numpy as np
import numpy as xp
from numpy.linalg import norm as frobenius

# %%
class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

# %%
def relu(x):
    return xp.fmax(x, 0)

def softmax(X):
    X = X - X.max(axis=1).reshape((X.shape[0], 1))
    return xp.exp(X) / xp.exp(X).sum(axis=1).reshape((X.shape[0], 1))

# %%
def _scores(params, X):
    return xp.maximum(X.dot(params['W1']) + params['b1'], 0).dot(params['W2']) + params['b2']

def predict(self, X, params=None):
    if params is None: params = self.params
    return _scores(params, X).argmax(1)

NetClassifier.predict = predict

# %%
def score(self, X, y, params=None):
    return (self.predict(X, params) == y).sum() / y.size

NetClassifier.score = score

# %%
def cost_grad(X, y, params, reg=0.0):
    W1 = params['W1']; b1 = params['b1']; W2 = params['W2']; b2 = params['b2']
    n = X.shape[0]
    z1 = X.dot(W1) + b1
    a1 = relu(z1)
    p = softmax(a1.dot(W2) + b2)
    labels = xp.zeros(p.shape); labels[xp.arange(n), y] = 1
    cost = - xp.sum(labels * xp.log(xp.where(labels == 1, p, 1))) / n + reg * (frobenius(W1) ** 2 + frobenius(W2) ** 2)
    delta2 = p - labels
    delta2 = delta2 / n
    d_w2 = a1.T.dot(delta2) + 2 * reg * W2
    d_b2 = xp.sum(delta2, axis=0, keepdims=True)
    delta1 = delta2.dot(W2.T)
    delta1[z1 <= 0] = 0
    d_w1 = X.T.dot(delta1) + 2 * reg * W1
    d_b1 = xp.sum(delta1, axis=0, keepdims=True)
    return cost, {'d_w1': d_w1, 'd_w2': d_w2, 'd_b1': d_b1, 'd_b2': d_b2}

NetClassifier.cost_grad = staticmethod(cost_grad)

# %%
def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
    params = {}
    for k in init_params: params[k] = init_params[k] + 0.0
    train_loss, train_acc, val_loss, val_acc = [], [], [], []
    for e in range(epochs):
        p = np.random.permutation(X_train.shape[0])
        number = -(-len(p) // batch_size)
        for i in range(number):
            b = p[i * batch_size:(i + 1) * batch_size]
            c, g = self.cost_grad(X_train[b], y_train[b], params, reg)
            params['W1'] = params['W1'] - lr * g['d_w1']
            params['b1'] = params['b1'] - lr * g['d_b1']
            params['W2'] = params['W2'] - lr * g['d_w2']
            params['b2'] = params['b2'] - lr * g['d_b2']
        train_loss.append(self.cost_grad(X_train, y_train, params, reg)[0]); train_acc.append(self.score(X_train, y_train, params))
        val_loss.append(self.cost_grad(X_val, y_val, params, reg)[0]); val_acc.append(self.score(X_val, y_val, params))
    self.params = params
    self.history = {'train_loss': train_loss, 'train_acc': train_acc, 'val_loss': val_loss, 'val_acc': val_acc}

NetClassifier.fit = fit

# %%
net = NetClassifier()
print(net)
