import os
import platform
import sys

import numpy as np

if sys.version_info < (3, 8):
    raise RuntimeError("python 3.8 or newer, please")

if tuple(int(p) for p in np.__version__.split(".")[:1]) >= (2,):
    mat_T = lambda a: a.mT
else:
    mat_T = lambda a: np.swapaxes(a, -1, -2)

if platform.system() == "Windows":
    DATA = "C:\\Users\\jonas\\ece421\\notMNIST.npz"
elif "COLAB_GPU" in os.environ:
    DATA = "/content/notMNIST.npz"
else:
    DATA = "notMNIST.npz"


@np.errstate(over="raise", invalid="raise")
def softmax(logits):
    e = np.exp(logits - logits.max(axis=1)[:, np.newaxis])
    return e / e.sum(axis=1)[:, np.newaxis]


if sys.version_info >= (3, 10):

    def relu(x):
        match np.asarray(x):
            case np.ndarray() as a:
                return np.fmax(a, 0)

else:

    def relu(x):
        return np.fmax(x, 0)


def compute_layer(x, w, b):
    return x.__matmul__(w) + b


@np.errstate(divide="ignore", invalid="ignore")
def average_ce(target, prediction):
    terms = np.log(prediction, out=np.zeros_like(prediction), where=target != 0) * target
    return -terms.sum(axis=1).mean()


def grad_ce(target, logits):
    if (n := len(target)) == 0:
        raise ValueError("empty batch")
    return (softmax(logits) - target) / n


def forward_prop(x, w_h, b_h, w_o, b_o):
    return (z_h := compute_layer(x, w_h, b_h)), (a_h := relu(z_h)), (z_o := compute_layer(a_h, w_o, b_o)), softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = d_o @ mat_T(w_o) * np.heaviside(z_h, 0)
    return mat_T(x) @ d_h, d_h.sum(axis=0)[None], mat_T(a_h) @ d_o, d_o.sum(axis=0)[None]


class Momentum:
    def __init__(self, lr, gamma):
        self.lr, self.gamma, self.v = lr, gamma, {}

    def __call__(self, name, w, g):
        self.v[name] = self.gamma * self.v.get(name, 0.0) + self.lr * g
        return w - self.v[name]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng, opt = np.random.default_rng(seed), Momentum(lr, gamma)
    d, c = x.shape[1], t.shape[1]
    net = dict(
        w_h=rng.standard_normal((d, hidden)) * (2 / (d + hidden)) ** 0.5,
        b_h=np.zeros((1, hidden)),
        w_o=rng.standard_normal((hidden, c)) * (2 / (hidden + c)) ** 0.5,
        b_o=np.zeros((1, c)),
    )
    for _ in range(epochs):
        grads = dict(zip(net, backward_prop(x, t, **net)))
        net = {name: opt(name, w, grads[name]) for name, w in net.items()}
    return net


if os.path.exists(DATA):
    with np.load(DATA) as f:
        print(f.files)
