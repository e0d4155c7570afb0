"""Everything is a static or class method of one class; the asked names are bound to them at the end."""
import types

import numpy as np


class NoInstances(type):
    def __call__(cls, *args, **kwargs):
        raise TypeError(f"{cls.__name__} is a namespace")

    def __getitem__(cls, name):
        return getattr(cls, name)


class Network(metaclass=NoInstances):
    NAMES = "w_h b_h w_o b_o".split()

    @staticmethod
    def relu(x):
        y = np.array(x, dtype=float)
        y[y < 0] = 0
        return y

    @staticmethod
    def softmax(logits):
        z = np.array(logits, dtype=float)
        z -= z.max(axis=1)[:, np.newaxis]
        np.exp(z, z)
        z /= z.sum(axis=1)[:, np.newaxis]
        return z

    @staticmethod
    def compute_layer(x, w, b):
        return np.einsum("nd,dh->nh", x, w) + b

    @classmethod
    def average_ce(cls, target, prediction):
        return -np.log(np.einsum("nc,nc->n", target, prediction)).mean()

    @classmethod
    def grad_ce(cls, target, logits):
        return (cls.softmax(logits) - target) / np.size(target, 0)

    @classmethod
    def forward_prop(cls, x, w_h, b_h, w_o, b_o):
        out = types.SimpleNamespace()
        out.z_h = cls["compute_layer"](x, w_h, b_h)
        out.a_h = cls["relu"](out.z_h)
        out.z_o = cls["compute_layer"](out.a_h, w_o, b_o)
        out.p = cls["softmax"](out.z_o)
        return tuple(vars(out).values())

    @classmethod
    def backward_prop(cls, x, target, w_h, b_h, w_o, b_o):
        z_h, a_h, z_o, p = cls.forward_prop(x, w_h, b_h, w_o, b_o)
        d_o = cls.grad_ce(target, z_o)
        d_h = np.einsum("nc,hc,nh->nh", d_o, w_o, (z_h > 0).astype(float))
        return (
            np.einsum("nd,nh->dh", x, d_h),
            np.einsum("nh->h", d_h)[None, :],
            np.einsum("nh,nc->hc", a_h, d_o),
            np.einsum("nc->c", d_o)[None, :],
        )

    @classmethod
    def initial(cls, rng, d, h, c):
        for i, o in ((d, h), (h, c)):
            yield rng.normal(loc=0, scale=np.sqrt(2 / (i + o)), size=(i, o))
            yield np.zeros((1, o))

    @classmethod
    def train(cls, x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
        rng = np.random.default_rng(seed)
        w = dict(zip(cls.NAMES, cls.initial(rng, x.shape[1], hidden, t.shape[1])))
        v = {k: np.zeros(a.shape) for k, a in w.items()}
        for _ in range(epochs):
            g = dict(zip(cls.NAMES, cls.backward_prop(x, t, **w)))
            for k in cls.NAMES:
                v[k] *= gamma
                v[k] += lr * g[k]
                w[k] -= v[k]  # own arrays
        return w


relu = Network.relu
softmax = Network.softmax
compute_layer = Network.compute_layer
average_ce = Network.average_ce
grad_ce = Network.grad_ce
forward_prop = Network.forward_prop
backward_prop = Network.backward_prop
train = Network.train
