import numpy as np

NUM_METRICS = 4
METRIC_NAMES = ("train_loss", "train_acc", "val_loss", "val_acc")
PARAM_NAMES = ("W1", "b1", "W2", "b2")
REG_FACTOR = 2.0


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    for i in range(len(vec)):
        encoded[i, vec[i]] = 1.0
    return encoded


def softmax(X):
    out = np.zeros(X.shape)
    for i in range(len(X)):
        row_max = np.max(X[i])
        out[i] = np.exp(X[i] - row_max)
        row_sum = np.sum(out[i])
        out[i] /= row_sum
    return out


def relu(x):
    out = np.zeros(x.shape)
    for i in range(len(x)):
        positive = x[i] > 0
        out[i, positive] = x[i, positive]
    return out


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class Network:
    """Holds references to the four parameters and the buffers of one forward pass."""

    def __init__(self, params: dict) -> None:
        self.w1 = params["W1"]
        self.b1 = params["b1"]
        self.w2 = params["W2"]
        self.b2 = params["b2"]

    def forward(self, X: np.ndarray) -> None:
        self.z1 = np.dot(X, self.w1)
        self.z1 += self.b1
        self.a1 = relu(self.z1)
        self.z2 = np.dot(self.a1, self.w2)
        self.z2 += self.b2
        self.p = softmax(self.z2)

    def data_cost(self, y: np.ndarray) -> float:
        total: float = 0.0
        for i in range(len(y)):
            total -= np.log(self.p[i, y[i]] + 1e-15)
        return total / len(y)

    def reg_cost(self, reg: float) -> float:
        return reg * (np.sum(self.w1 * self.w1) + np.sum(self.w2 * self.w2))

    def backward(self, X: np.ndarray, y: np.ndarray, reg: float, grads: dict) -> None:
        """grads is an out-parameter: buffers of zeros, added to."""
        n: int = len(y)
        d2 = np.zeros(self.p.shape)
        d1 = np.zeros(self.z1.shape)
        for i in range(n):
            d2[i] += self.p[i]
            d2[i, y[i]] -= 1.0
            d2[i] /= n
            d1[i] = np.dot(self.w2, d2[i])
            for j in range(len(d1[i])):
                if self.z1[i, j] <= 0:
                    d1[i, j] = 0.0
            grads["d_b2"][0] += d2[i]
            grads["d_b1"][0] += d1[i]
        grads["d_w2"] += np.dot(self.a1.T, d2)
        grads["d_w1"] += np.dot(X.T, d1)
        grads["d_w2"] += REG_FACTOR * reg * self.w2
        grads["d_w1"] += REG_FACTOR * reg * self.w1


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        net = Network(params)
        net.forward(X)
        classes = np.zeros(len(X), dtype=int)
        for i in range(len(X)):
            best: int = 0
            for c in range(1, net.p.shape[1]):
                if net.z2[i, c] > net.z2[i, best]:
                    best = c
            classes[i] = best
        return classes

    def score(self, X, y, params=None):
        predicted = self.predict(X, params)
        hits: int = 0
        for i in range(len(y)):
            if predicted[i] == y[i]:
                hits += 1
        return hits / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        net = Network(params)
        net.forward(X)
        cost = net.data_cost(y) + net.reg_cost(reg)
        grads = {
            "d_w1": np.zeros(net.w1.shape),
            "d_w2": np.zeros(net.w2.shape),
            "d_b1": np.zeros((1, net.w1.shape[1])),
            "d_b2": np.zeros((1, net.w2.shape[1])),
        }
        net.backward(X, y, reg, grads)
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        n: int = len(X_train)
        num_batches: int = (n + batch_size - 1) // batch_size
        self.params = {}
        for name in PARAM_NAMES:
            self.params[name] = np.array(init_params[name], dtype=np.float64)
        metrics = np.zeros((NUM_METRICS, epochs))
        order = np.arange(n)
        for epoch in range(epochs):
            np.random.shuffle(order)
            for b in range(num_batches):
                begin: int = b * batch_size
                end: int = min(begin + batch_size, n)
                rows = order[begin:end]
                cost, grads = NetClassifier.cost_grad(X_train[rows], y_train[rows], self.params, reg)
                for name in PARAM_NAMES:
                    self.params[name] -= lr * grads["d_" + name.lower()]
            metrics[0, epoch] = NetClassifier.cost_grad(X_train, y_train, self.params, reg)[0]
            metrics[1, epoch] = self.score(X_train, y_train)
            metrics[2, epoch] = NetClassifier.cost_grad(X_val, y_val, self.params, reg)[0]
            metrics[3, epoch] = self.score(X_val, y_val)
        self.history = {}
        for k in range(NUM_METRICS):
            self.history[METRIC_NAMES[k]] = metrics[k]
