"""Training on one flat vector: parameters are views into it, momentum is two lines on whole vectors.

v = momentum v + gradient, w = w - lr v: with a fixed lr the same steps as the handout's.
"""
import numpy as np


def slope_of(act, z, a):
    slope = np.ones_like(z)
    if act == 'relu':
        slope[z <= 0] = 0
    elif act == 'sigmoid':
        slope = a - a ** 2
    else:
        assert act == 'tanh', act
        slope -= a ** 2
    return slope


def value_of(act, z):
    if act == 'relu':
        return z.clip(min=0)
    if act == 'sigmoid':
        return np.where(z > 0, 1, np.exp(-abs(z))) / (1 + np.exp(-abs(z)))
    assert act == 'tanh', act
    return np.tanh(z)


def forward(X, params, act):
    cache = {'act': act, 'layers': len(params) // 2, 'a0': X}
    for i in range(1, cache['layers'] + 1):
        cache['W%d' % i] = params['W%d' % i]
        cache['z%d' % i] = z = cache['a%d' % (i - 1)].dot(params['W%d' % i]) + params['b%d' % i]
        if i != cache['layers']:
            cache['a%d' % i] = value_of(act, z)
    z = z - z.max(axis=1).reshape(-1, 1)
    log_probs = z - np.log(np.exp(z).sum(axis=1)).reshape(-1, 1)
    cache['probs'] = np.exp(log_probs)
    return cache['probs'], cache


def backward(cache, T):
    grads, i = {}, cache['layers']
    d = np.true_divide(cache['probs'] - T, T.shape[0])
    while True:
        below = cache['a%d' % (i - 1)]
        grads['W%d' % i] = below.T.dot(d)
        grads['b%d' % i] = d.sum(axis=0, keepdims=True)
        if i == 1:
            return grads
        d = d.dot(cache['W%d' % i].T) * slope_of(cache['act'], cache['z%d' % (i - 1)], below)
        i -= 1


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    answer = np.empty(len(probs), dtype=int)
    for n, row in enumerate(probs):
        answer[n] = row.argmax()
    return answer


def confusion_matrix(y, yhat, K):
    edges = np.arange(K + 1) - 0.5
    counts, _, _ = np.histogram2d(y, yhat, bins=(edges, edges))
    return counts.astype(int)


def views(vector, widths):
    """The dictionary of parameters as views into a flat vector."""
    out, at = {}, 0
    for i in range(1, len(widths)):
        rows, cols = widths[i - 1], widths[i]
        out['W%d' % i] = vector[at:at + rows * cols].reshape(rows, cols)
        at += rows * cols
        out['b%d' % i] = vector[at:at + cols].reshape(1, cols)
        at += cols
    return out


def count(widths):
    return sum((a + 1) * b for a, b in zip(widths[:-1], widths[1:]))


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    C = max(int(np.max(y)), int(np.max(yv))) + 1
    widths = [X.shape[1]] + [int(h) for h in np.ravel(hidden)] + [C]

    theta = np.zeros(count(widths))
    velocity = np.zeros(count(widths))
    gradient = np.zeros(count(widths))
    params, slots = views(theta, widths), views(gradient, widths)
    for name, array in params.items():
        if name[0] == 'W':
            rows, cols = array.shape
            array[...] = rng.normal(0, np.sqrt(2 / rows if act == 'relu' else 2 / (rows + cols)), array.shape)

    order = np.arange(len(X))
    for _ in range(epochs):
        order = rng.permutation(order)
        for k in range(int(np.ceil(len(order) / batch_size))):
            batch = order[k * batch_size:(k + 1) * batch_size]
            T = np.zeros((len(batch), C))
            np.put_along_axis(T, y[batch].reshape(-1, 1), 1, axis=1)
            for name, g in backward(forward(X[batch], params, act)[1], T).items():
                slots[name][...] = g
            velocity *= momentum
            velocity += gradient
            theta -= lr * velocity
    return {name: array.copy() for name, array in params.items()}
