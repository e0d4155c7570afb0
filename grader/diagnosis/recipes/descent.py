"""A step of descent as a layer class makes it: the rate, the decay of the weights, the bias."""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.fully_connected import EARLIER


def _rate(name: str, w: str) -> Step:
    """How far a step goes."""
    return Step(
        name,
        f"{w} - learningRate * step",
        lambda w, s, lr: w - lr * s,
        (
            Way("ASCENT", f"{w} + learningRate * step", lambda w, s, lr: w + lr * s),
            Way("RATE_MISSING", f"{w} - step", lambda w, s, lr: w - s),
            Way("STEP_NOT_WEIGHT", "-learningRate * step", lambda w, s, lr: -lr * s),
            Way("SOME_PARAMS_NOT_UPDATED", w, lambda w, s, lr: w),
            formula("learningRate * step", lambda w, s, lr: lr * s),
            formula(f"{w} - step / learningRate", lambda w, s, lr: w - s / lr),
            formula(f"{w} - learningRate ** 2 * step", lambda w, s, lr: w - lr**2 * s),
            formula(f"{w} * (1 - learningRate * step)", lambda w, s, lr: w * (1 - lr * s)),
            formula(f"learningRate * step - {w}", lambda w, s, lr: lr * s - w),
            formula(f"(1 - learningRate) * {w} - learningRate * step", lambda w, s, lr: (1 - lr) * w - lr * s),
            formula(f"{w} - 2 * learningRate * step", lambda w, s, lr: w - 2 * lr * s),
            formula(f"{w} - learningRate * step / 2", lambda w, s, lr: w - lr * s / 2),
        ),
    )


MOMENTA = (0.5, 0.8, 0.9, 0.95, 0.99)
"""Shares of the step before that are added where no momentum is asked for."""


def _goes_on(asked: str, step: Callable[..., FloatArray]) -> tuple[Way, ...]:
    """A step that has some of the step before in it, or adds up all gradients; those numbers were EARLIER's."""
    shares = ((f"{asked} + {share} of the step before", share) for share in MOMENTA)
    return tuple(
        formula(found, lambda g, p, *more, share=share: step(g, p, *more) + share * step(EARLIER(g), EARLIER(p), *more))
        for found, share in (*shares, (f"{asked}, that of the step before added", 1.0))
    )


DECAY = Step(
    "decay",
    "grad_W + weightDecay * W",
    lambda g, w, d, lr: g + d * w,
    (
        Way("DECAY_MISSING", "grad_W", lambda g, w, d, lr: g),
        Way("DECAY_SIGN", "grad_W - weightDecay * W", lambda g, w, d, lr: g - d * w),
        Way("DECAY_SCALE", "weightDecay * W without the rate", lambda g, w, d, lr: g + d * w / lr),
        Way("DECAY_SCALE", "grad_W + 2 * weightDecay * W", lambda g, w, d, lr: g + 2 * d * w),
        Way("DECAY_SCALE", "grad_W + weightDecay / 2 * W", lambda g, w, d, lr: g + d / 2 * w),
        formula("grad_W + weightDecay * W ** 2", lambda g, w, d, lr: g + d * w**2),
        formula("grad_W + weightDecay * sign(W)", lambda g, w, d, lr: g + d * np.sign(w)),
        formula("grad_W + weightDecay", lambda g, w, d, lr: g + d),
        formula("grad_W + weightDecay * grad_W", lambda g, w, d, lr: g + d * g),
        formula("grad_W + weightDecay * sum(W ** 2)", lambda g, w, d, lr: g + d * np.sum(w**2)),
        formula("grad_W + W", lambda g, w, d, lr: g + w),
        formula("weightDecay * W", lambda g, w, d, lr: d * w),
        formula("W, not grad_W", lambda g, w, d, lr: w),
        formula("grad_W - weightDecay * W / learningRate", lambda g, w, d, lr: g - d * w / lr),
        *_goes_on("grad_W + weightDecay * W", lambda g, w, d, lr: g + d * w),
    ),
)

BIAS_STEP = Step(
    "bias_step",
    "grad_b",
    lambda g, b, d, w: g,
    (
        formula("b", lambda g, b, d, w: b),
        formula("grad_b - weightDecay * b", lambda g, b, d, w: g - d * b),
        formula("weightDecay * b", lambda g, b, d, w: d * b),
        formula("the mean of grad_b", lambda g, b, d, w: g.mean() + 0 * g),
        formula("the sum of grad_b", lambda g, b, d, w: g.sum() + 0 * g),
        formula("-grad_b", lambda g, b, d, w: -g),
        formula("grad_b once for each row of W", lambda g, b, d, w: len(w) * g),
        formula("grad_b once for each column of W", lambda g, b, d, w: w.shape[1] * g),
        *_goes_on("grad_b", lambda g, b, d, w: g),
        formula("grad_b ** 2", lambda g, b, d, w: g**2),
    ),
)


def _descent(outcome: Outcome, use: Ways) -> dict[str, Any]:
    values = outcome.probe.arguments
    w, b, g_w, g_b = (values[name] for name in ("W", "b", "grad_W", "grad_b"))
    lr, decay = float(values["learningRate"]), float(values["weightDecay"])
    new_w = use["rate_w"](w, use["decay"](g_w, w, decay, lr), lr)
    new_b = use["rate_b"](b, use["bias_step"](g_b, b, decay, w), lr)
    return {"new_W": new_w, "new_b": new_b, "second_W": new_w, "second_b": new_b}


DESCENT = Recipe((_rate("rate_w", "W"), DECAY, _rate("rate_b", "b"), BIAS_STEP), _descent)
