"""Plain Python: math, lists, a monotonic queue. Results are lists."""
import math
from collections import deque


def softmax_jacobian(z):
    z = [float(v) for v in z]
    # p_k = 1 / sum_l exp(z_l - z_k), shifted
    top = max(z)
    e = [math.exp(v - top) for v in z]
    s = math.fsum(e)
    C = len(z)
    J = []
    for k in range(C):
        others = math.fsum(e[l] for l in range(C) if l != k)
        J.append([e[k] * others / (s * s) if k == j else -e[k] * e[j] / (s * s) for j in range(C)])
    return J


def nll(yhat, y):
    return -math.fsum(math.log(row[c] + 1e-15) for row, c in zip(yhat.tolist(), y.tolist()))


def nll_grad(yhat, y):
    return [[-1.0 / p if j == c else 0.0 for j, p in enumerate(row)] for row, c in zip(yhat.tolist(), y.tolist())]


def avg_pool1d(x, W):
    values = list(map(float, x))
    return [math.fsum(values[i : i + W]) / W for i in range(len(values) - W + 1)]


def avg_pool1d_backward(dy, n, W):
    dy = [float(g) for g in dy]
    dx = []
    for j in range(n):
        first, last = max(0, j - W + 1), min(j, n - W)
        dx.append(math.fsum(dy[first : last + 1]) / W)
    return dx


def _champions(values, W):
    """Index of the first largest entry of each window; indices in the queue have falling values."""
    queue, out = deque(), []
    for j, v in enumerate(values):
        while queue and values[queue[-1]] < v:  # an equal earlier one stays in front
            queue.pop()
        queue.append(j)
        if queue[0] <= j - W:
            queue.popleft()
        if j >= W - 1:
            out.append(queue[0])
    return out


def max_pool1d(x, W):
    values = x.tolist()
    return [values[j] for j in _champions(values, W)]


def max_pool1d_backward(dy, x, W):
    dx = [0.0] * len(x)
    for g, j in zip(dy.tolist(), _champions(x.tolist(), W)):
        dx[j] += g
    return dx


def conv1d(x, w):
    left, middle, right = (float(v) for v in w)
    p = [0.0, *x.tolist(), 0.0]
    return [after * left + here * middle + before * right for before, here, after in zip(p, p[1:], p[2:])]


def conv1d_backward(dy, x, w):
    n = len(x)
    dx, dw = [0.0] * n, [0.0] * 3
    for j in range(n):
        for i in range(max(0, j - 1), min(n, j + 2)):
            slot = i - j + 1
            dx[j] += float(dy[i]) * float(w[slot])
            dw[slot] += float(dy[i]) * float(x[j])
    return dx, dw
