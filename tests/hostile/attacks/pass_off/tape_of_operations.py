"""A tape that remembers each operation and goes back along it."""
import numpy as np

class T:
    def __init__(self, v, parents=()): self.v, self.parents, self.g = np.asarray(v, float), parents, 0.0
    def __matmul__(self, o): return T(self.v @ o.v, ((self, lambda g: g @ o.v.T), (o, lambda g: self.v.T @ g)))
    def __mul__(self, o): return T(self.v * o.v, ((self, lambda g: red(g * o.v, self.v)), (o, lambda g: red(g * self.v, o.v))))
    def __add__(self, o): return T(self.v + o.v, ((self, lambda g: red(g, self.v)), (o, lambda g: red(g, o.v))))
    def exp(self): e = np.exp(self.v); return T(e, ((self, lambda g: g * e),))
    def log(self): return T(np.log(self.v), ((self, lambda g: g / self.v),))
    def rows(self): return T(self.v.sum(1, keepdims=True), ((self, lambda g: np.broadcast_to(g, self.v.shape)),))
    def all(self): return T(self.v.sum(), ((self, lambda g: np.broadcast_to(g, self.v.shape)),))
    def backward(self):
        order, seen = [], set()
        def visit(t):
            if id(t) in seen: return
            seen.add(id(t))
            for p, _ in t.parents: visit(p)
            order.append(t)
        visit(self); self.g = np.ones(())
        for t in reversed(order):
            for p, f in t.parents: p.g = p.g + f(t.g)

def red(g, like):
    g = np.asarray(g)
    while g.ndim > like.ndim: g = g.sum(0)
    for i, n in enumerate(like.shape):
        if n == 1 and g.shape[i] != 1: g = g.sum(i, keepdims=True)
    return g

def softmax_classifier(W, input, label, lamda):
    N = len(input)
    w = T(W)
    s = T(input) @ w
    s = s + T(-s.v.max(1, keepdims=True))
    ce = (s.exp().rows().log() + T(-1.0) * (T(label) * s).rows()).all() * T(1.0 / N)
    loss = ce + (w * w).all() * T(lamda / 2)
    loss.backward()
    return float(loss.v), w.g, np.argmax(s.v, axis=1)
