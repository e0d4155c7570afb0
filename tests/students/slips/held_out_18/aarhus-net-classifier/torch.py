import numpy as np


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k). This one is written for you."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    exp = np.exp(X - np.max(X, axis=-1, keepdims=True))
    return exp / np.sum(exp, axis=-1, keepdims=True)


def relu(x):
    return np.where(x > 0, x, 0.0)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def linear(x, weight, bias):
    """F.linear, with its backward as a closure."""

    def backward(grad):
        return grad @ weight.T, x.T @ grad, grad.sum(axis=0, keepdims=True)

    return x @ weight + bias, backward


def relu_fn(x):
    mask = x > 0

    def backward(grad):
        return grad * mask

    return relu(x), backward


def cross_entropy(logits, target):
    probs = softmax(logits)
    batch = np.arange(len(target))
    shifted = logits - logits.max(axis=1, keepdims=True)
    nll = np.log(np.exp(shifted).sum(axis=1)) - shifted[batch, target]

    def backward():
        onehot = one_in_k_encoding(target, logits.shape[1])
        return (probs - onehot) / logits.shape[0]

    return nll.mean(), backward


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self, grads):
        for name, p in self.params.items():
            p -= self.lr * grads["d_" + name.lower()].reshape(p.shape)


class DataLoader:
    def __init__(self, X, y, batch_size, shuffle=True):
        self.X, self.y, self.batch_size, self.shuffle = X, y, batch_size, shuffle

    def __iter__(self):
        n = len(self.X)
        indices = np.random.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, n, self.batch_size):
            batch = indices[i:i + self.batch_size]
            yield self.X[batch], self.y[batch]


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def forward(self, X, params):
        z1, fc1_backward = linear(X, params["W1"], params["b1"])
        a1, relu_backward = relu_fn(z1)
        logits, fc2_backward = linear(a1, params["W2"], params["b2"])

        def backward(grad):
            grad, d_w2, d_b2 = fc2_backward(grad)
            _, d_w1, d_b1 = fc1_backward(relu_backward(grad))
            return {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

        return logits, backward

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        logits, _ = self.forward(X, params)
        return logits.argmax(axis=1)

    def score(self, X, y, params=None):
        correct = (self.predict(X, params) == y).sum()
        return correct / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        logits, model_backward = NetClassifier().forward(X, params)
        loss, loss_backward = cross_entropy(logits, y)
        grads = model_backward(loss_backward())
        for name in ("W1", "W2"):
            loss += reg * np.sum(params[name] ** 2)
            grads["d_" + name.lower()] += 2 * reg * params[name]
        return loss, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        self.params = {name: value.copy() for name, value in init_params.items()}
        self.history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        optimizer = SGD(self.params, lr)
        loader = DataLoader(X_train, y_train, batch_size, shuffle=True)
        for epoch in range(epochs):
            for X_batch, y_batch in loader:
                _, grads = self.cost_grad(X_batch, y_batch, self.params, reg)
                optimizer.step(grads)
            self.evaluate("train", X_train, y_train, reg)
            self.evaluate("val", X_val, y_val, reg)

    def evaluate(self, split, X, y, reg):
        loss, _ = self.cost_grad(X, y, self.params, reg)
        self.history[split + "_loss"].append(loss)
        self.history[split + "_acc"].append(self.score(X, y))
