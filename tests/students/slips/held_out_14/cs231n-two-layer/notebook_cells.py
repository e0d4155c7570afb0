# In[1]:
import numpy as np
# %matplotlib inline
# %load_ext autoreload
# %autoreload 2

INPUT_SIZE = 4
HIDDEN_SIZE = 10
NUM_CLASSES = 3
NUM_INPUTS = 5
TINY = 1e-8


def rel_error(x, y):
    """ returns relative error """
    return np.max(np.abs(x - y) / (np.maximum(TINY, np.abs(x) + np.abs(y))))


# In[2]: forward pass first, loss to be done

class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        hidden = X.dot(self.params['W1']) + self.params['b1']
        hidden[hidden < 0] = 0
        scores = hidden.dot(self.params['W2']) + self.params['b2']
        if y is None:
            return scores
        # naive loss, gives nan with big scores
        loss = 0.0
        for i in range(len(X)):
            loss += -np.log(np.exp(scores[i, y[i]]) / np.sum(np.exp(scores[i])))
        return loss / len(X), {}

    def predict(self, X):
        return self.loss(X).argmax(axis=1)


# In[3]:
np.random.seed(0)
net = TwoLayerNet(INPUT_SIZE, HIDDEN_SIZE, NUM_CLASSES, std=1e-1)
X_toy = 10 * np.random.randn(NUM_INPUTS, INPUT_SIZE)
y_toy = np.array([0, 1, 2, 2, 1])
print(net.loss(X_toy))
print(net.loss(X_toy, y_toy)[0])


# In[4]: now with the backward pass; the rest is inherited from cell 2

class TwoLayerNet(TwoLayerNet):

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape

        fc1 = X.dot(W1) + b1
        X2 = np.maximum(0, fc1)
        scores = X2.dot(W2) + b2
        if y is None:
            return scores

        shift = scores - np.max(scores, axis=1).reshape(-1, 1)
        softmax_output = np.exp(shift) / np.sum(np.exp(shift), axis=1).reshape(-1, 1)
        loss = -np.sum(shift[range(N), list(y)] - np.log(np.sum(np.exp(shift), axis=1)))
        loss /= N
        loss += reg * (np.sum(W2 * W2) + np.sum(W1 * W1))

        grads = {}
        dscores = softmax_output.copy()
        dscores[range(N), list(y)] += -1
        dscores /= N
        grads['W2'] = X2.T.dot(dscores) + 2 * reg * W2
        grads['b2'] = np.sum(dscores, axis=0)
        dh = dscores.dot(W2.T)
        dh_relu = (X2 > 0) * dh
        grads['W1'] = X.T.dot(dh_relu) + 2 * reg * W1
        grads['b1'] = np.sum(dh_relu, axis=0)
        return loss, grads

    def train(self, X, y, X_val, y_val,
              learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train / batch_size, 1)

        loss_history = []
        train_acc_history = []
        val_acc_history = []
        epoch = 0

        for it in range(num_iters):
            idx = np.random.choice(num_train, batch_size, replace=True)
            X_batch = X[idx]
            y_batch = y[idx]
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            self.params['W2'] = self.params['W2'] - learning_rate * grads['W2']
            self.params['b2'] = self.params['b2'] - learning_rate * grads['b2']
            self.params['W1'] = self.params['W1'] - learning_rate * grads['W1']
            self.params['b1'] = self.params['b1'] - learning_rate * grads['b1']

            if verbose and it % 100 == 0:
                print('iteration %d / %d: loss %f' % (it, num_iters, loss))

            # a pass is over when the whole number of passes grows
            if int((it + 1) / iterations_per_epoch) > epoch:
                epoch = int((it + 1) / iterations_per_epoch)
                train_acc_history.append((self.predict(X_batch) == y_batch).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay

        return {
            'loss_history': loss_history,
            'train_acc_history': train_acc_history,
            'val_acc_history': val_acc_history,
        }

    def predict(self, X):
        z1 = X.dot(self.params['W1']) + self.params['b1']
        a1 = np.maximum(0, z1)
        return np.argmax(a1.dot(self.params['W2']) + self.params['b2'], axis=1)


# In[5]:
net = TwoLayerNet(INPUT_SIZE, HIDDEN_SIZE, NUM_CLASSES, std=1e-1)
loss, grads = net.loss(X_toy, y_toy, reg=0.05)
for name in grads:
    print(name, grads[name].shape)
old = net.params['W1'][1, 2]
net.params['W1'][1, 2] = old + 1e-6
print(rel_error((net.loss(X_toy, y_toy, reg=0.05)[0] - loss) / 1e-6, grads['W1'][1, 2]))
net.params['W1'][1, 2] = old

# In[6]:
stats = net.train(X_toy, y_toy, X_toy, y_toy, learning_rate=1e-1, reg=5e-6, num_iters=100)
print('Final training loss: ', stats['loss_history'][-1])
assert stats['loss_history'][-1] < stats['loss_history'][0]
