# In[1]:
import numpy as np
print("numpy", np.__version__)
np.seterr(under="ignore", over="warn")

# In[2]:
class NetClassifier():
    params = None
    history = None
    def __init__(self):
        self.params = None; self.history = None

# In[3]:
def one_in_k_encoding(vec, k):
    """ labels -> one hot rows """
    n = vec.shape[0]; enc = np.zeros((n, k)); enc[np.arange(n), vec] = 1
    return enc

def softmax(X):
    """ first try overflowed for X=1000, see next cell """
    return np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)

# In[4]:  (now with the row maximum taken away; the old one does the rest)
_naive_softmax = softmax
def softmax(X):
    return _naive_softmax(X - X.max(axis=1).reshape(-1, 1))

# In[5]:
relu = np.frompyfunc(lambda v: v if v > 0 else 0.0, 1, 1)
_relu_object = relu
def relu(x):
    # frompyfunc gives objects back
    return _relu_object(x).astype(np.float64)

assert np.allclose(relu(np.array([[-1.5, 0.0, 2.7]])), [[0, 0, 2.7]])
assert np.allclose(softmax(np.array([[1000.0, 1000.0]])), 0.5)

# In[6]:
def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.normal(0, np.sqrt(2. / input_dim), size=(input_dim, hidden_size)); b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2. / hidden_size), size=(hidden_size, output_size)); b2 = np.zeros((1, output_size))
    return {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}

# In[7]:
@staticmethod
def cost_grad(X, y, params, reg=0.0):
    W1 = params['W1']; b1 = params['b1']; W2 = params['W2']; b2 = params['b2']
    labels = one_in_k_encoding(np.asarray(y), W2.shape[1])
    ### forward
    h_in = X @ W1 + b1; h_out = relu(h_in); out_in = h_out @ W2 + b2; p = softmax(out_in)
    cost = -np.sum(labels * np.log(np.clip(p, 1e-15, None))) / X.shape[0] + reg * ((W1 ** 2).sum() + (W2 ** 2).sum())
    ### backward
    d_out = (p - labels) / X.shape[0]; d_h = (d_out @ W2.T) * np.heaviside(h_in, 0)
    return cost, {'d_w1': X.T @ d_h + 2 * reg * W1, 'd_w2': h_out.T @ d_out + 2 * reg * W2, \
                  'd_b1': d_h.sum(axis=0, keepdims=True), 'd_b2': d_out.sum(axis=0, keepdims=True)}

NetClassifier.cost_grad = cost_grad

# In[8]:
def predict(self, X, params=None):
    if params is None: params = self.params
    return np.argmax(relu(X @ params['W1'] + params['b1']) @ params['W2'] + params['b2'], axis=1)
def score(self, X, y, params=None):
    return (self.predict(X, params) == y).mean()
NetClassifier.predict = predict; NetClassifier.score = score

# In[9]:
def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
    params = {k: v.copy() for k, v in init_params.items()}
    hist = {'train_loss': [], 'train_acc': [], 'val_loss': [], 'val_acc': []}
    n = X_train.shape[0]
    for ep in range(epochs):
        perm = np.random.permutation(n)
        for idx in [perm[s:s + batch_size] for s in range(0, n, batch_size)]:
            _, g = self.cost_grad(X_train[idx], y_train[idx], params, reg)
            params['W1'] -= lr * g['d_w1']; params['b1'] -= lr * g['d_b1']
            params['W2'] -= lr * g['d_w2']; params['b2'] -= lr * g['d_b2']
        hist['train_loss'].append(self.cost_grad(X_train, y_train, params, reg)[0]); hist['train_acc'].append(self.score(X_train, y_train, params))
        hist['val_loss'].append(self.cost_grad(X_val, y_val, params, reg)[0]); hist['val_acc'].append(self.score(X_val, y_val, params))
    self.params = params; self.history = hist
NetClassifier.fit = fit

# In[10]:
if __name__ == '__main__':
    data = np.load('digits.npz')
    net = NetClassifier(); net.fit(data['X'], data['y'], data['Xv'], data['yv'], get_init_params(64, 32, 10))
    print(net.history['val_acc'][-1])
