"""Style: itertools.accumulate over the states."""
from itertools import accumulate, repeat
from typing import NamedTuple
import numpy as np


class _train_State(NamedTuple):
    w: tuple
    v: tuple


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    shapes = (x.shape[1], hidden), (1, hidden), (hidden, t.shape[1]), (1, t.shape[1])
    w = tuple(rng.normal(0, np.sqrt(2 / sum(s)), s) if s[0] > 1 else np.zeros(s) for s in shapes)

    def after(state, _):
        out = backward_prop(x, t, *state.w)
        g = tuple(out.values()) if isinstance(out, dict) else out
        v = tuple(gamma * a + lr * np.reshape(b, a.shape) for a, b in zip(state.v, g))
        return _train_State(tuple(a - b for a, b in zip(state.w, v)), v)

    start = _train_State(w, tuple(map(np.zeros_like, w)))
    *_, last = accumulate(repeat(None, epochs), after, initial=start)
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), last.w))
