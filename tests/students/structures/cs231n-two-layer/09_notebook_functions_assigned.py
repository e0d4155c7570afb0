# %%
# !pip install numpy
# %load_ext autoreload
# %autoreload 2
import numpy as np, math, random, time
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None
# %%
def rel_error(x, y):
    """ returns relative error """
    return np.max(np.abs(x - y) / (np.maximum(1e-8, np.abs(x) + np.abs(y))))

# %% first draft, the later cell is the right one
class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
    def loss(self, X, y=None, reg=0.0):
        pass
    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        pass
    def predict(self, X):
        return None

# %% second
class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        # Unpack variables from the params dictionary
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape
        # *****START OF YOUR CODE*****
        h = np.maximum(0, np.dot(X, W1) + b1); scores = np.dot(h, W2) + b2
        # *****END OF YOUR CODE*****
        if y is None:
            return scores
        scores = scores - np.max(scores, axis = 1, keepdims = True)
        correct = np.choose(y, scores.T) if scores.shape[1] <= 31 else scores[np.arange(N), y]
        loss = (-correct + np.log(np.sum(np.exp(scores), axis = 1))).sum()
        loss /= N
        loss += reg * np.sum(W1 * W1) + reg * np.sum(W2 * W2)
        grads = {}
        p = np.exp(scores) / np.sum(np.exp(scores), axis = 1, keepdims = True)
        ind = np.zeros(p.shape); ind[range(N), list(y)] = 1
        dS = (p - ind) / N
        grads['W2'] = h.T.dot(dS); grads['W2'] += 2 * reg * W2
        grads['b2'] = np.ones(N).dot(dS)
        dh = dS.dot(W2.T)
        dh_ReLu = (h > 0) * dh
        grads['W1'] = X.T.dot(dh_ReLu) + 2 * reg * W1
        grads['b1'] = np.ones(N).dot(dh_ReLu)
        return loss, grads

# %% the training got its own cell
def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
    num_train = X.shape[0]
    iterations_per_epoch = max(num_train // batch_size, 1)
    loss_history = []; train_acc_history = []; val_acc_history = []
    tic = time.time()
    for it in range(num_iters):
        sample_indices = np.random.choice(np.arange(num_train), batch_size)
        X_batch = X[sample_indices]; y_batch = y[sample_indices]
        loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
        loss_history.append(loss)
        self.params['W1'] += -learning_rate * grads['W1']
        self.params['b1'] += -learning_rate * grads['b1']
        self.params['W2'] += -learning_rate * grads['W2']
        self.params['b2'] += -learning_rate * grads['b2']
        if verbose and it % 100 == 0:
            print('iteration %d / %d: loss %f, %.1fs' % (it, num_iters, loss, time.time() - tic))
        if it % iterations_per_epoch == 0:
            train_acc_history.append((self.predict(X_batch) == y_batch).mean())
            val_acc_history.append((self.predict(X_val) == y_val).mean())
            learning_rate *= learning_rate_decay
    return {'loss_history': loss_history, 'train_acc_history': train_acc_history, 'val_acc_history': val_acc_history}
TwoLayerNet.train = train
TwoLayerNet.predict = lambda self, X: np.argmax(self.loss(X), axis=1)

# %%
np.random.seed(0)
net = TwoLayerNet(4, 10, 3, std=1e-1)
print('scores', net.loss(np.random.randn(5, 4)))
# plt.plot(stats['loss_history'])
