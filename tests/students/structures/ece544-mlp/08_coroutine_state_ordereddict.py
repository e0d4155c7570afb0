"""One generator a forward pass: it yields the probabilities, is asked for gradients later. Caches are lists of its frames."""
import contextlib
import functools
import itertools
from collections import OrderedDict, defaultdict, namedtuple

import numpy as np

try:
    from tqdm import trange
except ImportError:
    def trange(*args, **kwargs):
        return range(*args)

Frame = namedtuple("Frame", "i a_in z W")
Velocity = functools.partial(defaultdict, float)


def keyed(prefixes="Wb"):
    for i in itertools.count(1):
        yield tuple(f"{p}{i}" for p in prefixes)


def frames(X, params, act):
    last = len(params) // 2
    a = X
    for i, (w, b) in enumerate(itertools.islice(keyed(), last), start=1):
        z = np.dot(a, params[w]) + params[b]
        yield Frame(i, a, z, params[w])
        a = activation(z, act)


def activation(z, act, derivative=False, *, a=None):
    if act == "sigmoid":
        if derivative:
            return a * (1.0 - a)
        out = np.exp(-np.abs(z))
        return np.where(z >= 0, 1.0, out) / (1.0 + out)
    elif act == "tanh":
        return 1.0 - a * a if derivative else np.tanh(z)
    elif act == "relu":
        return np.where(z > 0, 1.0, 0.0) if derivative else np.maximum(z, 0.0)
    else:
        raise ValueError("unknown activation %r" % act)


def forward(X, params, act):
    trail = list(frames(X, params, act))
    scores = trail[-1].z
    probs = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs /= probs.sum(axis=1, keepdims=True)
    return probs, [*trail, probs, act]


def backward(cache, T):
    *trail, probs, act = cache

    def walk():
        d = np.true_divide(np.subtract(probs, T), T.shape[0])
        for frame in trail[::-1]:
            yield f"b{frame.i}", np.sum(d, axis=0, keepdims=True)
            yield f"W{frame.i}", np.dot(frame.a_in.T, d)
            if frame.i > 1:
                d = np.dot(d, frame.W.T) * activation(trail[frame.i - 2].z, act, True, a=frame.a_in)

    return OrderedDict(reversed(list(walk())))


def predict(X, params, act):
    *_, last = frames(X, params, act)
    return last.z.argmax(axis=1)


def confusion_matrix(y, yhat, K):
    counts = defaultdict(int)
    for pair in zip(y.tolist(), yhat.tolist()):
        counts[pair] += 1
    return np.array([[counts[k, j] for j in range(K)] for k in range(K)])


def learner(params, act, lr, momentum):
    """A coroutine: is sent batches, keeps the velocities to itself."""
    velocity = Velocity()
    while True:
        x, t = yield params
        for name, grad in backward(forward(x, params, act)[1], t).items():
            velocity[name] = momentum * velocity[name] + lr * grad
            params[name] = params[name] - velocity[name]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    match hidden:
        case tuple() | list():
            middle = list(hidden)
        case number:
            middle = [int(number)]
    classes = max(int(y.max()), int(yv.max())) + 1
    params = OrderedDict()
    for (w, b), (n, m) in zip(keyed(), itertools.pairwise([X.shape[1], *middle, classes])):
        params[w] = rng.normal(0, (2 / n if act == "relu" else 2 / (n + m)) ** 0.5, (n, m))
        params[b] = np.zeros((1, m))
    T = np.zeros((y.size, classes))
    T[np.arange(y.size), y] = 1
    with contextlib.closing(learner(params, act, lr, momentum)) as student:
        next(student)
        for _ in trange(epochs, desc=act, leave=False):
            order = rng.permutation(y.size)
            for start in range(0, y.size, batch_size):
                params = student.send((X[order[start:start + batch_size]], T[order[start:start + batch_size]]))
    return params
