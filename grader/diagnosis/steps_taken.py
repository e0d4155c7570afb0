"""Steps of a network whose biases are (H,), on all examples, at given rates and with a given regularisation."""

from collections.abc import Callable, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from reference.data import one_hot
from reference.softmax import softmax

Weights = tuple[FloatArray, ...]
"""W1, b1, W2, b2."""

NEW = ("new_W1", "new_b1", "new_W2", "new_b2")
"""The results of steps."""

Sum = Callable[[FloatArray], FloatArray]
"""What a bias gets of delta."""

CONVENTIONS = ((2.0, 0.0), (1.0, 0.0), (2.0, 2.0), (1.0, 1.0))
"""What the derivatives of the regularisation by weights and by biases are multiples of: reg w."""

OTHERWISE = (
    ("REG_MISSING_IN_GRAD", 0.0),
    ("REG_SCALE", 4.0),
    ("REG_SCALE", 0.5),
    ("REG_SIGN", -2.0),
    ("REG_SIGN", -1.0),
)
"""Mistakes of the regularisation, and what its derivatives by the weights are multiples of then: reg w."""


def otherwise_regularised(outcome: Outcome, rates: Sequence[float]) -> list[Candidate]:
    """Steps at these rates whose gradient has no regularisation, twice or half of it, or subtracts it."""
    return [
        Candidate(code, moved(outcome, rates, (share, 0.0), lambda delta: delta.sum(axis=0)), "+ 2 * reg * W")
        for code, share in OTHERWISE
    ]


def moved(outcome: Outcome, rates: Sequence[float], shares: tuple[float, float], biases: Sum) -> dict[str, FloatArray]:
    """The new weights after a step at each of the rates. shares: one of CONVENTIONS. biases: what they get of delta."""
    values = outcome.probe.arguments
    x, reg = values["X"], float(values["reg"])
    now = first_weights(outcome)
    targets = one_hot(np.asarray(values["y"], dtype=np.int64), now[3].shape[0])
    for rate in rates:
        slopes = _slopes(x, targets, now, biases)
        now = tuple(w - rate * (g + share * reg * w) for w, g, share in zip(now, slopes, 2 * shares, strict=True))
    return dict(zip(NEW, now, strict=True))


def remembering(
    outcome: Outcome, rates: tuple[float, float], shares: tuple[float, float], mixed: tuple[float, float], anew: bool
) -> dict[str, FloatArray]:
    """The new weights where the second of two steps mixes the slopes of the first weights with those of the next.

    mixed: how much of each. anew: the regularisation is not mixed, but that of the weights as they are by then.
    """
    values = outcome.probe.arguments
    reg = float(values["reg"])
    first = first_weights(outcome)
    targets = one_hot(np.asarray(values["y"], dtype=np.int64), first[3].shape[0])

    def slopes(weights: Weights) -> Weights:
        return _slopes(values["X"], targets, weights, lambda delta: delta.sum(axis=0))

    def pulled(weights: Weights) -> Weights:
        return tuple(share * reg * w for w, share in zip(weights, 2 * shares, strict=True))

    def mix(old: Weights, new: Weights) -> Weights:
        return tuple(mixed[0] * o + mixed[1] * n for o, n in zip(old, new, strict=True))

    before = slopes(first)
    steps = zip(first, before, pulled(first), strict=True)
    second: Weights = tuple(w - rates[0] * (g + p) for w, g, p in steps)
    pulls = pulled(second) if anew else mix(pulled(first), pulled(second))
    steps = zip(second, mix(before, slopes(second)), pulls, strict=True)
    third = tuple(w - rates[1] * (g + p) for w, g, p in steps)
    return dict(zip(NEW, third, strict=True))


def followed(outcome: Outcome, rates: Sequence[float], shares: tuple[float, float]) -> list[Weights]:
    """The weights after each step where each starts from where the one before led to, as it should."""
    states = [first_weights(outcome)]
    for rate in rates:
        pairs = zip(states[-1], slopes_with_pull(outcome, states[-1], shares), strict=True)
        states.append(tuple(w - rate * slope for w, slope in pairs))
    return states[1:]


def restarting(outcome: Outcome, rates: Sequence[float], shares: tuple[float, float], at_first: bool) -> list[Weights]:
    """The weights after each step where each starts from the first ones, so that the last is all that is left.

    at_first: its slopes are those of the first weights too, not of those that the step before led to.
    """
    first, found = first_weights(outcome), list[Weights]()
    for rate in rates:
        at = first if at_first or not found else found[-1]
        pairs = zip(first, slopes_with_pull(outcome, at, shares), strict=True)
        found.append(tuple(w - rate * slope for w, slope in pairs))
    return found


MOMENTA = (0.9, 0.95, 0.99, 0.5)
"""Those in use."""

WITH_MOMENTUM = (("v = {gamma:g} * v + lr * gradient", True), ("v = {gamma:g} * v + gradient", False))
"""The velocity of a momentum, and whether the rate is in it."""


def coasting(outcome: Outcome, rates: Sequence[float], shares: tuple[float, float]) -> list[tuple[str, list[Weights]]]:
    """The weights after each step that goes on as the one before did, for each momentum, with the words for it."""
    found = []
    for gamma in MOMENTA:
        for words, rated in WITH_MOMENTUM:
            now, states = first_weights(outcome), list[Weights]()
            velocity: Weights = tuple(np.zeros_like(w) for w in now)
            for rate in rates:
                inside, outside = (rate, 1.0) if rated else (1.0, rate)
                slopes = slopes_with_pull(outcome, now, shares)
                velocity = tuple(gamma * v + inside * slope for v, slope in zip(velocity, slopes, strict=True))
                now = tuple(w - outside * v for w, v in zip(now, velocity, strict=True))
                states.append(now)
            found.append((f"steps with a momentum, {words.format(gamma=gamma)},", states))
    return found


def with_momentum(outcome: Outcome, rates: Sequence[float]) -> list[Candidate]:
    """Steps at these rates to which a part of the step before is added."""
    return [
        Candidate(
            "OTHER_FORMULA",
            dict(zip(NEW, states[-1], strict=True)),
            "a step of learning_rate * gradient",
            {"found": words, "asked": "learning_rate * gradient alone"},
        )
        for shares in CONVENTIONS
        for words, states in coasting(outcome, rates, shares)
    ]


def slopes_with_pull(outcome: Outcome, weights: Weights, shares: tuple[float, float]) -> Weights:
    """The slopes of loss and regularisation at these weights. shares: one of CONVENTIONS."""
    values = outcome.probe.arguments
    targets = one_hot(np.asarray(values["y"], dtype=np.int64), weights[3].shape[0])
    slopes = _slopes(values["X"], targets, weights, lambda delta: delta.sum(axis=0))
    reg = float(values["reg"])
    return tuple(g + share * reg * w for g, w, share in zip(slopes, weights, 2 * shares, strict=True))


def first_weights(outcome: Outcome) -> Weights:
    """Those that a training starts from."""
    return tuple(outcome.probe.arguments[name] for name in ("W1", "b1", "W2", "b2"))


def from_the_first(outcome: Outcome, rates: Sequence[float], fix: str) -> list[Candidate]:
    """Steps at these rates each of which starts from the parameters before training."""
    # With the gradients there too it may as well be that no other step is taken at all.
    ways = (
        (False, "each step from the parameters before training", "a step from where the one before led to"),
        (
            True,
            "one step alone, at the rate of the last,",
            f"{len(rates)} steps, each from where the one before led to,",
        ),
    )
    return [
        Candidate(
            "OTHER_FORMULA",
            dict(zip(NEW, restarting(outcome, rates, shares, at_first)[-1], strict=True)),
            fix,
            {"found": said, "asked": asked},
        )
        for shares in CONVENTIONS
        for at_first, said, asked in ways
    ]


ORDERS: tuple[tuple[tuple[int, ...], ...], ...] = (
    ((0,), (1,), (2,), (3,)),
    ((3,), (2,), (1,), (0,)),
    ((0, 1), (2, 3)),
    ((2, 3), (0, 1)),
)
"""In which parameters may step one after another: each alone or each layer, from the first on or from the last."""


def one_after_another(outcome: Outcome, rates: Sequence[float]) -> list[Candidate]:
    """Steps in which the gradient is taken anew for each parameter, or layer, when those before it have stepped."""
    fix = "all gradients of a step from one call of loss"
    return [
        Candidate("UPDATED_TOO_EARLY", _in_turn(outcome, rates, shares, order), fix)
        for shares in CONVENTIONS[:2]  # the others regularise biases: too seldom for what these steps take to calculate
        for order in ORDERS
    ]


def _in_turn(
    outcome: Outcome, rates: Sequence[float], shares: tuple[float, float], order: Sequence[Sequence[int]]
) -> dict[str, FloatArray]:
    now = list(first_weights(outcome))
    for rate in rates:
        for group in order:
            slopes = slopes_with_pull(outcome, tuple(now), shares)
            for index in group:
                now[index] = now[index] - rate * slopes[index]
    return dict(zip(NEW, now, strict=True))


def _slopes(x: FloatArray, targets: FloatArray, weights: Weights, biases: Sum) -> Weights:
    w1, b1, w2, b2 = weights
    z1 = x @ w1 + b1
    a1 = np.maximum(z1, 0)
    delta2 = (softmax(a1 @ w2 + b2) - targets) / len(x)
    delta1 = (delta2 @ w2.T) * (z1 > 0)
    return x.T @ delta1, biases(delta1), a1.T @ delta2, biases(delta2)
