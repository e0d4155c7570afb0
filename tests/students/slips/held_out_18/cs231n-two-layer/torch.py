import numpy as np


class Layer:
    def __call__(self, x):
        return self.forward(x)


class Linear(Layer):
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.input = x
        return np.matmul(x, self.weight) + self.bias

    def backward(self, grad):
        self.weight_grad = np.matmul(self.input.T, grad)
        self.bias_grad = grad.sum(0)
        return np.matmul(grad, self.weight.T)


class ReLU(Layer):
    def forward(self, x):
        self.output = np.clip(x, 0, None)
        return self.output

    def backward(self, grad):
        return grad * (self.output > 0)


def cross_entropy(logits, target):
    """Returns loss.item() and a closure that plays loss.backward()."""
    n = logits.shape[0]
    logits = logits - logits.max(axis=1, keepdims=True)
    probs = np.exp(logits)
    normalizer = probs.sum(axis=1, keepdims=True)
    probs = probs / normalizer
    log_probs = logits - np.log(normalizer)
    loss = -log_probs[range(n), target].sum() / n

    def backward():
        grad_logits = probs.copy()
        grad_logits[range(n), target] -= 1
        return grad_logits / n

    return loss, backward


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def modules(self):
        p = self.params
        return Linear(p["W1"], p["b1"]), ReLU(), Linear(p["W2"], p["b2"])

    def weight_decay(self, reg):
        p = self.params
        loss = reg * ((p["W1"] ** 2).sum() + (p["W2"] ** 2).sum())
        return loss, {"W1": 2 * reg * p["W1"], "W2": 2 * reg * p["W2"]}

    def loss(self, X, y=None, reg=0.0):
        fc1, relu, fc2 = self.modules()
        scores = fc2(relu(fc1(X)))
        if y is None:
            return scores

        data_loss, backward = cross_entropy(scores, y)
        reg_loss, reg_grads = self.weight_decay(reg)

        fc1.backward(relu.backward(fc2.backward(backward())))
        grads = {
            "W1": fc1.weight_grad + reg_grads["W1"],
            "b1": fc1.bias_grad,
            "W2": fc2.weight_grad + reg_grads["W2"],
            "b2": fc2.bias_grad,
        }
        return data_loss + reg_loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        optimizer = SGD(self, learning_rate)
        scheduler = ExponentialLR(optimizer, learning_rate_decay)
        iterations_per_epoch = max(X.shape[0] // batch_size, 1)
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}

        for it in range(num_iters):
            idx = np.random.choice(X.shape[0], batch_size)
            X_batch, y_batch = X[idx], y[idx]
            loss, grads = self.loss(X_batch, y_batch, reg=reg)
            history["loss_history"].append(loss)
            optimizer.step(grads)
            if verbose and it % 100 == 0:
                print(f"iteration {it} / {num_iters}: loss {loss}")
            if (it + 1) % iterations_per_epoch == 0:
                history["train_acc_history"].append((self.predict(X_batch) == y_batch).mean())
                history["val_acc_history"].append((self.predict(X_val) == y_val).mean())
                scheduler.step()
        return history

    def predict(self, X):
        return self.loss(X).argmax(1)


class SGD:
    def __init__(self, net, lr):
        self.net, self.lr = net, lr

    def step(self, grads):
        for name, grad in grads.items():
            self.net.params[name] = self.net.params[name] - self.lr * grad


class ExponentialLR:
    def __init__(self, optimizer, gamma):
        self.optimizer, self.gamma = optimizer, gamma

    def step(self):
        self.optimizer.lr *= self.gamma
