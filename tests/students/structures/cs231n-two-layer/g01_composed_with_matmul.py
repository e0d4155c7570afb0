"""Layers that are chained with @: (Affine @ Relu @ Affine). Every derivative is worked out by hand below."""
import numpy as np
class Stage:
    def __matmul__(self, after): return Chain([*getattr(self, "stages", [self]), after])
class Affine(Stage):
    def __init__(self, W, b): self.W, self.b = W, b
    def __call__(self, x): self.x = x; return x@self.W+self.b
    def back(self, d): self.dW, self.db = self.x.T@d, d.sum(0); return d@self.W.T
class Relu(Stage):
    def __call__(self, x): self.on = x > 0; return x*self.on
    def back(self, d): return d*self.on
class Chain(Stage):
    def __init__(self, stages): self.stages = stages
    def __matmul__(self, after): return Chain([*self.stages, after])
    def __call__(self, x):
        for s in self.stages: x = s(x)
        return x
    def backward(self, d):
        for s in reversed(self.stages): d = s.back(d)
        return d
class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        r = np.random.standard_normal
        self.params = dict(W1=std*r((input_size, hidden_size)), b1=np.zeros(hidden_size), W2=std*r((hidden_size, output_size)), b2=np.zeros(output_size))
    def loss(self, X, y=None, reg=0.0):
        p = self.params
        one, two = Affine(p["W1"], p["b1"]), Affine(p["W2"], p["b2"])
        net = one @ Relu() @ two
        s = net(X)
        if y is None: return s
        s = s-s.max(1, keepdims=True); e = np.exp(s); q = e/e.sum(1, keepdims=True)
        T = np.eye(q.shape[1])[y]
        loss = -(T*(s-np.log(e.sum(1, keepdims=True)))).sum()/len(X)
        loss += reg*sum(np.sum(np.square(p[k])) for k in ("W1", "W2"))
        net.backward((q-T)/len(X))
        return loss, {"W1": one.dW+2*reg*p["W1"], "b1": one.db, "W2": two.dW+2*reg*p["W2"], "b2": two.db}
    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        out = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per = max(X.shape[0]//batch_size, 1)
        for t in range(num_iters):
            i = np.random.permutation(len(X))[:batch_size] if batch_size <= len(X) else np.random.choice(len(X), batch_size)
            l, g = self.loss(X[i], y[i], reg); out["loss_history"].append(l)
            self.params = {k: v-learning_rate*g[k] for k, v in self.params.items()}
            if t % per == 0: learning_rate *= learning_rate_decay
        return out
    def predict(self, X): return np.argmax(self.loss(X), -1)
