import numpy as np

# names as in the 2019 handout

def relu(x):
    y = x.copy()
    y[y < 0] = 0
    return y

def softmax(x):
    x = x - x.max(axis=1, keepdims=True)
    return np.exp(x - np.log(np.sum(np.exp(x), axis=1, keepdims=True)))

def computeLayer(X, W, b):
    return np.add(np.dot(X, W), b)

def averageCE(target, prediction):
    which = np.argmax(target, axis=1)
    p = prediction[np.arange(len(which)), which]
    return -np.log(np.maximum(p, 1e-15)).mean()

def gradCE(target, logits):
    # w.r.t. logits
    return (softmax(logits) - target) / target.shape[0]

def forward_prop(x, w_h, b_h, w_o, b_o):
    s1 = computeLayer(x, w_h, b_h)
    x1 = relu(s1)
    s2 = computeLayer(x1, w_o, b_o)
    return s1, x1, s2, softmax(s2)

def backward_prop(x, target, w_h, b_h, w_o, b_o):
    s1, x1, s2, x2 = forward_prop(x, w_h, b_h, w_o, b_o)
    d2 = gradCE(target, s2)
    d1 = np.einsum('nk,hk,nh->nh', d2, w_o, np.sign(x1))
    dWo = np.einsum('nh,nk->hk', x1, d2)
    dWh = np.einsum('nd,nh->dh', x, d1)
    dbo = d2.sum(0)[None]
    dbh = d1.sum(0)[None]
    return dWh, dbh, dWo, dbo

def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    r = np.random.default_rng(seed)
    F, K = x.shape[1], t.shape[1]
    theta = {'w_h': np.sqrt(2. / (F + hidden)) * r.standard_normal((F, hidden)), 'b_h': np.zeros((1, hidden)),
             'w_o': np.sqrt(2. / (K + hidden)) * r.standard_normal((hidden, K)), 'b_o': np.zeros((1, K))}
    names = ['w_h', 'b_h', 'w_o', 'b_o']
    vel = {n: 0 for n in names}
    for _ in range(epochs):
        g = dict(zip(names, backward_prop(x, t, *[theta[n] for n in names])))
        for n in names:
            vel[n] = gamma * vel[n] + lr * g[n]
            theta[n] = theta[n] - vel[n]
    return theta
