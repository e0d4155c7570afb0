"""ECE544 part I.  Everything is a tensor with named axes:

    k, j   classes            b      examples
    t      signal (time)      v      windows / outputs        o   offset in a window or kernel
"""
import numpy as np


def softmax_jacobian(z):
    p_k = np.exp(z - max(z))
    p_k = p_k / np.einsum("k->", p_k)
    delta_kj = np.eye(len(z))
    return np.einsum("k,kj->kj", p_k, delta_kj) - np.einsum("k,j->kj", p_k, p_k)


def one_hot_bk(y, k):
    return (np.arange(k)[None, :] == np.asarray(y)[:, None]) * 1.0


def nll(yhat, y):
    t_bk = one_hot_bk(y, yhat.shape[1])
    p_b = np.einsum("bk,bk->b", t_bk, yhat)
    return -np.einsum("b->", np.log(p_b))


def nll_grad(yhat, y):
    t_bk = one_hot_bk(y, yhat.shape[1])
    p_b = np.einsum("bk,bk->b", t_bk, yhat)
    return -np.einsum("bk,b->bk", t_bk, 1 / p_b)


def window_vot(n, W):
    """m[v, o, t] = 1 where entry o of window v is x[t]"""
    m = np.zeros((n - W + 1, W, n))
    for v in range(n - W + 1):
        for o in range(W):
            m[v, o, v + o] = 1
    return m


def avg_pool1d(x, W):
    return np.einsum("vot,t->v", window_vot(len(x), W), x) / W


def avg_pool1d_backward(dy, n, W):
    return np.einsum("v,vot->t", dy, window_vot(n, W)) / W


def max_pool1d(x, W):
    y = []
    for v in range(len(x) - W + 1):
        best = x[v]
        for o in range(1, W):
            if x[v + o] > best:
                best = x[v + o]
        y.append(best)
    return np.array(y)


def max_pool1d_backward(dy, x, W):
    n = len(x)
    choice_vo = np.zeros((n - W + 1, W))
    for v in range(n - W + 1):
        best = 0
        for o in range(1, W):
            if x[v + o] > x[v + best]:
                best = o
        choice_vo[v, best] = 1
    return np.einsum("v,vo,vot->t", dy, choice_vo, window_vot(n, W))


def kernel_vto(n):
    """c[v, t, o] = 1 where y[v] has the term x[t] w[o], i.e. t = v - (o - 1)"""
    c = np.zeros((n, n, 3))
    for v in range(n):
        for o in range(3):
            t = v - (o - 1)
            if 0 <= t < n:
                c[v, t, o] = 1
    return c


def conv1d(x, w):
    return np.einsum("vto,t,o->v", kernel_vto(len(x)), x, w)


def conv1d_backward(dy, x, w):
    c = kernel_vto(len(x))
    dx = np.einsum("v,vto,o->t", dy, c, w)
    dw = np.einsum("v,vto,t->o", dy, c, x)
    return dx, dw
