"""ECE421 A2: functions the marker wants at the bottom, object that does the work at the top."""
import numpy as np


class Net:
    def __init__(self, w_h, b_h, w_o, b_o):
        self.w_h, self.b_h, self.w_o, self.b_o = w_h, b_h, w_o, b_o

    def run(self, x):
        self.x = x
        self.z_h = compute_layer(x, self.w_h, self.b_h)
        self.a_h = relu(self.z_h)
        self.z_o = compute_layer(self.a_h, self.w_o, self.b_o)
        self.p = softmax(self.z_o)
        return self.z_h, self.a_h, self.z_o, self.p

    def back(self, t):
        n = self.x.shape[0]
        err = self.p - t
        hid = err.dot(self.w_o.T)
        hid = np.where(self.z_h > 0, hid, 0)
        self.g_w_o = self.a_h.T.dot(err) / n
        self.g_b_o = np.mean(err, axis=0, keepdims=True)
        self.g_w_h = self.x.T.dot(hid) / n
        self.g_b_h = np.mean(hid, axis=0, keepdims=True)
        return self.g_w_h, self.g_b_h, self.g_w_o, self.g_b_o

    def move(self, velocity, gamma, lr):
        for name, v in velocity.items():
            v *= gamma
            v += lr * getattr(self, "g_" + name)
            setattr(self, name, getattr(self, name) - v)

    def as_dict(self):
        return {k: getattr(self, k) for k in ("w_h", "b_h", "w_o", "b_o")}


def relu(x):
    return (np.abs(x) + x) / 2


def softmax(logits):
    out = np.empty(logits.shape)
    for n, row in enumerate(logits):
        e = np.exp(row - row.max())
        out[n] = e / e.sum()
    return out


def compute_layer(x, w, b):
    return b + x @ w


def average_ce(target, prediction):
    total = 0.0
    for t, p in zip(target, prediction):
        k = int(np.argmax(t))
        total -= np.log(max(p[k], 1e-15))
    return total / len(target)


def grad_ce(target, logits):
    g = softmax(logits)
    g -= target
    g /= len(g)
    return g


def forward_prop(x, w_h, b_h, w_o, b_o):
    return Net(w_h, b_h, w_o, b_o).run(x)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    net = Net(w_h, b_h, w_o, b_o)
    net.run(x)
    return net.back(target)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)

    def start(i, o):
        return rng.normal(scale=(2 / (i + o)) ** 0.5, size=(i, o))

    d, c = x.shape[1], t.shape[1]
    net = Net(start(d, hidden), np.zeros((1, hidden)), start(hidden, c), np.zeros((1, c)))
    velocity = {k: np.zeros_like(w) for k, w in net.as_dict().items()}
    for epoch in range(1, epochs + 1):
        net.run(x)
        net.back(t)
        net.move(velocity, gamma, lr)
    return net.as_dict()
