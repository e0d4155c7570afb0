"""Known wrong rates of three iterations of one example each, by a network whose biases are (H,)."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.steps_taken import (
    CONVENTIONS,
    from_the_first,
    moved,
    one_after_another,
    otherwise_regularised,
    with_momentum,
)
from grader.diagnosis.two_layer import BIAS, unmoved
from reference.one_example import early, late

STEP = "if (iteration + 1) % iterations_per_epoch == 0: learning_rate *= learning_rate_decay"


def pass_steps(outcome: Outcome) -> Sequence[Candidate]:
    """What three iterations with wrong rates give; results are the new weights."""
    values = outcome.probe.arguments
    lr, decay = float(values["learning_rate"]), float(values["learning_rate_decay"])
    of_pass = len(values["X"])
    after_last, after_first = ([lr * decay ** when(number, of_pass) for number in range(3)] for when in (late, early))
    each = [lr * decay**iteration for iteration in range(3)]
    other = (
        ("a rate that decays after each iteration", each),
        ("a rate that decays before each iteration", [rate * decay for rate in each]),
        (
            "the rate learning_rate * learning_rate_decay ** (iteration / iterations_per_epoch)",
            [lr * decay ** (iteration / of_pass) for iteration in range(3)],
        ),
        (
            "the rate learning_rate * learning_rate_decay ** ((iteration + 1) / iterations_per_epoch)",
            [lr * decay ** ((iteration + 1) / of_pass) for iteration in range(3)],
        ),
        *(
            (
                "the rate learning_rate * learning_rate_decay * (the number of passes so far)",
                [lr * decay * when(iteration, of_pass) for iteration in range(3)],
            )
            for when in (early, late)
        ),
    )
    factors = (
        ("1 - learning_rate_decay", 1 - decay),
        ("1 / learning_rate_decay", 1 / decay),
        ("1 / (1 + learning_rate_decay)", 1 / (1 + decay)),
        ("exp(-learning_rate_decay)", float(np.exp(-decay))),
        ("learning_rate_decay ** 2", decay**2),
    )
    by_factor = [
        (f"a rate that is multiplied by {words} after each pass", [lr * factor ** when(i, of_pass) for i in range(3)])
        for words, factor in factors
        for when in (late, early)
    ]
    fewer = [rates for every in (after_first, after_last) for rates in (every[1:], every[:-1])]
    told = [
        *((found, rates, "one that decays after each pass over the data") for found, rates in other),
        *((found, rates, "one that is multiplied by learning_rate_decay") for found, rates in by_factor),
        *(("two steps alone", rates, "three steps, one in each iteration,") for rates in fewer),
    ]
    ways = (
        ("RATE_NOT_DECAYED", [lr] * 3),
        ("RATE_IGNORED", [1.0] * 3),
        *(("ASCENT", [-rate for rate in rates]) for rates in (after_last, after_first)),
    )
    still = {f"new_{name}": values[name] for name in ("W1", "b1", "W2", "b2")}
    return [
        unmoved(outcome, still, lr),
        *otherwise_regularised(outcome, after_first),
        *otherwise_regularised(outcome, after_last),
        *from_the_first(outcome, after_first, STEP),
        *from_the_first(outcome, after_last, STEP),
        *(
            Candidate(
                "OTHER_FORMULA",
                moved(outcome, [sum(rates)], shares, _summed),
                STEP,
                {
                    "found": "the gradients of the first weights in every step",
                    "asked": "the gradients of the new weights",
                },
            )
            for shares in CONVENTIONS
            for rates in (after_first, after_last)
        ),
        *with_momentum(outcome, after_first),
        *with_momentum(outcome, after_last),
        *one_after_another(outcome, after_first),
        *one_after_another(outcome, after_last),
        *(
            Candidate(code, moved(outcome, rates, shares, _summed), STEP, {"lr": lr, "decay": decay})
            for shares in CONVENTIONS
            for code, rates in ways
        ),
        *(
            Candidate(
                "OTHER_FORMULA",
                moved(outcome, rates, shares, _summed),
                STEP,
                {"found": found, "asked": asked},
            )
            for shares in CONVENTIONS
            for found, rates, asked in told
        ),
        *(
            Candidate("BIAS_NOT_SUMMED", {name: biased[name] for name in ("new_b1", "new_b2")}, BIAS)
            for biased in (moved(outcome, after_first, shares, lambda delta: delta) for shares in CONVENTIONS)
        ),
    ]


def _summed(delta: FloatArray) -> FloatArray:
    return np.asarray(delta.sum(axis=0))
