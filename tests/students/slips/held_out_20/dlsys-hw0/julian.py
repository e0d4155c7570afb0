import numpy as np

# hw0.  Samples are the fast axis inside (units x samples), buffers are allocated once per epoch.


def softmax_loss(Z, y):
    logp = np.empty(Z.shape, dtype=np.float64)
    np.subtract(Z, np.max(Z, axis=1)[:, None], out=logp)
    lse = np.log(np.einsum("nc->n", np.exp(logp)))
    np.subtract(logp, lse[:, None], out=logp)
    T = np.zeros_like(logp)
    np.put_along_axis(T, np.asarray(y, dtype=np.intp)[:, None], 1.0, axis=1)
    return -np.einsum("nc,nc->", T, logp) / logp.shape[0]


def softmax_columns(S):
    """S (C, m) is overwritten with the probabilities of its columns."""
    np.subtract(S, S.max(axis=0), out=S)
    np.exp(S, out=S)
    np.divide(S, S.sum(axis=0), out=S)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n, d = X.shape
    c = theta.shape[1]
    Xbuf = np.zeros((batch, d))
    Pbuf = np.zeros((c, batch))
    G = np.empty((d, c))
    for lo in range(0, n, batch):
        hi = min(lo + batch, n)
        m = hi - lo
        x = Xbuf[:m]
        P = Pbuf[:, :m]
        x[:] = X[lo:hi]
        np.einsum("dc,nd->cn", theta, x, out=P)
        softmax_columns(P)
        P[y[lo:hi], np.arange(m)] -= 1.0
        np.einsum("nd,cn->dc", x, P, out=G)
        G *= lr / m
        np.subtract(theta, G, out=theta)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    n, d = X.shape
    h, c = W2.shape
    A = np.empty((h, batch))
    S = np.empty((c, batch))
    B = np.empty((h, batch))
    G1 = np.empty((d, h))
    G2 = np.empty((h, c))
    for lo in range(0, n, batch):
        hi = min(lo + batch, n)
        m = hi - lo
        a, s, b = A[:, :m], S[:, :m], B[:, :m]
        x = X[lo:hi]

        # forward
        np.einsum("dh,nd->hn", W1, x, out=a)
        np.maximum(a, 0.0, out=a)
        np.einsum("hc,hn->cn", W2, a, out=s)
        softmax_columns(s)

        # backward
        s[y[lo:hi], np.arange(m)] -= 1.0
        np.einsum("hn,cn->hc", a, s, out=G2)
        np.einsum("hc,cn->hn", W2, s, out=b)
        np.multiply(b, a > 0.0, out=b)
        np.einsum("nd,hn->dh", x, b, out=G1)

        # step
        np.multiply(G1, lr / m, out=G1)
        np.multiply(G2, lr / m, out=G2)
        np.subtract(W1, G1, out=W1)
        np.subtract(W2, G2, out=W2)
