"""Ohne NumPy gerechnet, nur am Ende werden Arrays daraus.

Summen laufen mit `math.fsum`, Logarithmen mit `decimal`; die Maxima kommen aus einer monotonen Warteschlange.
"""
import sys
from collections import deque
from decimal import Decimal, getcontext, localcontext
from math import exp, fsum

import numpy as np

sys.setrecursionlimit(max(sys.getrecursionlimit(), 5000))
getcontext().prec = 30
ZERO = 0.0


# --- Hilfsfunktionen -------------------------------------------------
def is_even(k):
    return True if k == 0 else is_odd(k - 1)


def is_odd(k):
    return False if k == 0 else is_even(k - 1)


def sign(k):
    """(-1)^k"""
    return 1 if is_even(abs(k)) else -1


def ln(p):
    with localcontext() as ctx:
        ctx.prec = 25
        return Decimal(float(p)).ln()


def argmax_windows(x, W):
    """Index des ersten Maximums jedes Fensters."""
    queue, found = deque(), []
    for i, v in enumerate(x):
        while queue and x[queue[-1]] < v:   # gleiche bleiben stehen: das erste zaehlt
            queue.pop()
        queue.append(i)
        if queue[0] <= i - W:
            queue.popleft()
        if i >= W - 1:
            found.append(queue[0])
    return found


# --- Aufgaben ---------------------------------------------------------
def softmax_jacobian(z):
    z = [float(v) for v in z]
    top = max(z)
    e = [exp(v - top) for v in z]
    total = fsum(e)
    p = [v / total for v in e]
    return np.array([[p[k] * (1 - p[k]) if k == j else sign(1) * p[k] * p[j]
                      for j in range(len(p))] for k in range(len(p))])


def nll(yhat, y):
    return float(-sum((ln(row[int(c)]) for row, c in zip(yhat, y)), Decimal(0)))


def nll_grad(yhat, y):
    return np.array([[-1 / float(v) if j == int(c) else ZERO for j, v in enumerate(row)] for row, c in zip(yhat, y)])


def avg_pool1d(x, W):
    x = [float(v) for v in x]
    return np.array([fsum(x[i:i + W]) / W for i in range(len(x) - W + 1)])


def avg_pool1d_backward(dy, n, W):
    dy = [float(v) for v in dy]
    return np.array([fsum(dy[max(0, j - W + 1):j + 1]) / W for j in range(n)])


def max_pool1d(x, W):
    x = [float(v) for v in x]
    return np.array([x[j] for j in argmax_windows(x, W)])


def max_pool1d_backward(dy, x, W):
    shares = [[] for _ in x]
    for g, j in zip(dy, argmax_windows(list(x), W)):
        shares[j].append(float(g))
    return np.array(list(map(fsum, shares)))


def at(seq, i):
    return float(seq[i]) if 0 <= i < len(seq) else ZERO


def conv1d(x, w):
    return np.array([fsum(at(x, i - k) * float(w[k + 1]) for k in range(-1, 2)) for i in range(len(x))])


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = [fsum(at(dy, j + k) * float(w[k + 1]) for k in (-1, 0, 1)) for j in range(n)]
    dw = [fsum(float(dy[i]) * at(x, i - k) for i in range(n)) for k in (-1, 0, 1)]
    return np.array(dx), np.array(dw)
