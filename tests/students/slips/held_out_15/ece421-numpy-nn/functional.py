"""The network as a composition of (value, pullback) pairs; training is the last value of an accumulation."""

from collections import namedtuple
from functools import reduce
from itertools import repeat

import numpy as np

Pair = namedtuple("Pair", "value pullback")
Weights = namedtuple("Weights", "w_h b_h w_o b_o")
State = namedtuple("State", "weights velocity")

relu = lambda x: (np.abs(x) + x) / 2

softmax = lambda logits: (lambda e: e / e.sum(axis=1, keepdims=True))(
    np.exp(logits - logits.max(axis=1, keepdims=True))
)

compute_layer = lambda x, w, b: np.vstack([x.T, np.ones((1, len(x)))]).T @ np.vstack([w, np.reshape(b, (1, -1))])

average_ce = lambda target, prediction: sum(
    -np.log(p[t > 0]) @ t[t > 0] for t, p in zip(target, prediction)
) / len(target)

grad_ce = lambda target, logits: np.stack([(p - t) / len(target) for p, t in zip(softmax(logits), target)])

# --- pairs ------------------------------------------------------------------------------------------------------

layer = lambda x, w, b: Pair(
    compute_layer(x, w, b),
    lambda g: (g @ w.T, x.T @ g, np.ones((1, len(g))) @ g),
)

rectifier = lambda z: Pair(relu(z), lambda g: np.heaviside(z, 0.0) * g)

loss = lambda target, z: Pair(average_ce(target, softmax(z)), lambda: grad_ce(target, z))


def network(x, weights):
    """The three stages of the forward pass."""
    first = layer(x, weights.w_h, weights.b_h)
    middle = rectifier(first.value)
    return first, middle, layer(middle.value, weights.w_o, weights.b_o)


def forward_prop(x, w_h, b_h, w_o, b_o):
    return (lambda first, middle, last: (first.value, middle.value, last.value, softmax(last.value)))(
        *network(x, Weights(w_h, b_h, w_o, b_o))
    )


def pull(stages, d_logits):
    first, middle, last = stages
    d_middle, dW_o, db_o = last.pullback(d_logits)
    _, dW_h, db_h = first.pullback(middle.pullback(d_middle))
    return Weights(dW_h, db_h, dW_o, db_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    stages = network(x, Weights(w_h, b_h, w_o, b_o))
    return tuple(pull(stages, grad_ce(target, stages[-1].value)))


def start(sizes, seed):
    """First weights: an endless normal stream scaled per layer."""
    draw = (lambda rng: lambda i, o: rng.standard_normal((i, o)) * (2 / (i + o)) ** 0.5)(np.random.default_rng(seed))
    D, H, C = sizes
    return Weights(draw(D, H), np.zeros((1, H)), draw(H, C), np.zeros((1, C)))


momentum = lambda x, t, lr, gamma: lambda state, _: (
    lambda velocity: State(Weights(*(w - v for w, v in zip(state.weights, velocity))), velocity)
)(Weights(*(gamma * v + lr * g for v, g in zip(state.velocity, backward_prop(x, t, *state.weights)))))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    first = start((x.shape[1], hidden, t.shape[1]), seed)
    still = Weights(*map(np.zeros_like, first))
    return reduce(momentum(x, t, lr, gamma), repeat(None, epochs), State(first, still)).weights._asdict()
