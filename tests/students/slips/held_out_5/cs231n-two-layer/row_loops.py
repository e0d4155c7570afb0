import numpy as np

class TwoLayerNet():

  def __init__(self, input_size, hidden_size, output_size, std=1e-4):
    self.params = {'W1': std * np.random.randn(input_size, hidden_size), 'b1': np.zeros(hidden_size),
                   'W2': std * np.random.randn(hidden_size, output_size), 'b2': np.zeros(output_size)}

  def loss(self, X, y=None, reg=0.0):
    W1 = self.params['W1']; b1 = self.params['b1']
    W2 = self.params['W2']; b2 = self.params['b2']
    N = X.shape[0]
    C = W2.shape[1]
    H = W2.shape[0]
    scores = np.zeros((N, C))
    hidden = np.zeros((N, H))
    for i in range(N):
      for h in range(H):
        v = np.sum(X[i] * W1[:, h]) + b1[h]
        if v > 0:
          hidden[i, h] = v
      for c in range(C):
        scores[i, c] = np.sum(hidden[i] * W2[:, c]) + b2[c]
    if y is None:
      return scores

    loss = 0.
    dW1 = np.zeros(W1.shape); db1 = np.zeros(H)
    dW2 = np.zeros(W2.shape); db2 = np.zeros(C)
    for i in range(N):
      f = scores[i] - np.max(scores[i])
      p = np.exp(f) / np.sum(np.exp(f))
      loss += np.log(np.sum(np.exp(f))) - f[y[i]]
      for c in range(C):
        d = (p[c] - (c == y[i])) / N
        dW2[:, c] += hidden[i] * d
        db2[c] += d
        for h in range(H):
          if hidden[i, h] > 0:
            dW1[:, h] += X[i] * W2[h, c] * d
            db1[h] += W2[h, c] * d
    loss = loss / N + reg * (np.sum(W1 ** 2) + np.sum(W2 ** 2))
    dW1 += 2 * reg * W1
    dW2 += 2 * reg * W2
    return loss, {'W1': dW1, 'W2': dW2, 'b1': db1, 'b2': db2}

  def scores_fast(self, X):
    return np.maximum(X @ self.params['W1'] + self.params['b1'], 0) @ self.params['W2'] + self.params['b2']

  def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
            batch_size=200, verbose=False):
    # the loss above is slow (loops), so the same thing vectorised
    hist = []
    per_epoch = max(X.shape[0] // batch_size, 1)
    for it in range(num_iters):
      pick = np.random.choice(X.shape[0], batch_size)
      xb, yb = X[pick], y[pick]
      p = self.params
      a = np.maximum(xb @ p['W1'] + p['b1'], 0)
      s = a @ p['W2'] + p['b2']
      s = s - s.max(axis=1)[:, np.newaxis]
      logp = s - np.log(np.exp(s).sum(axis=1))[:, np.newaxis]
      hist.append(-logp[np.arange(batch_size), yb].mean() + reg * (np.sum(p['W1'] ** 2) + np.sum(p['W2'] ** 2)))
      d = np.exp(logp)
      d[np.arange(batch_size), yb] -= 1
      d /= batch_size
      e = d @ p['W2'].T
      e[a <= 0] = 0
      step = {'W2': a.T @ d + 2 * reg * p['W2'], 'b2': d.sum(0), 'W1': xb.T @ e + 2 * reg * p['W1'], 'b1': e.sum(0)}
      for k in step:
        p[k] = p[k] - learning_rate * step[k]
      if (it + 1) % per_epoch == 0:
        learning_rate *= learning_rate_decay
    acc = [np.mean(self.predict(X) == y)]
    return {'loss_history': hist, 'train_acc_history': acc, 'val_acc_history': [np.mean(self.predict(X_val) == y_val)]}

  def predict(self, X):
    return np.argmax(self.scores_fast(X), axis=1)
