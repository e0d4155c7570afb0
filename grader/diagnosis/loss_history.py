"""Known wrong histories of the losses of three steps of a network whose biases are (H,), on copies of one example."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.steps_taken import CONVENTIONS, Weights, coasting, first_weights, followed, restarting
from reference.data import one_hot
from reference.softmax import softmax

STEPS = 3
KEPT = "loss_history.append(loss), before the step"
RESTARTING = "losses of steps each of which starts from the parameters before training"
# Steps of the first slopes from the first parameters lead to the same ones each time, as steps at a rate of 0 do.
ONE_MOVES = (
    "losses of parameters that only the first step moves, as with a rate of 0 after it, "
    "or with steps that all start from the first parameters,"
)
OTHER_RATES = (
    ("losses of steps at the rates lr, lr / 2, lr / 4 for a decay of 1,", (1.0, 1 / 2, 1 / 4)),
    ("losses of steps at the rates lr, lr / 2, lr / 3 for a decay of 1,", (1.0, 1 / 2, 1 / 3)),
    ("losses of steps at the rates lr, lr / e, lr / e ** 2 for a decay of 1,", (1.0, np.exp(-1), np.exp(-2))),
)
"""Rates after a decay of 1, by which none should change."""

ASKED = "the loss of each iteration, before its step,"


def loss_history(outcome: Outcome) -> Sequence[Candidate]:
    """What other numbers a history may hold, in each convention of the regularisation."""
    rates = [float(outcome.probe.arguments["learning_rate"])] * STEPS
    found: list[tuple[str, FloatArray]] = []
    for shares in CONVENTIONS:
        first = first_weights(outcome)
        states = [first, *followed(outcome, rates, shares)]
        losses = np.array([_loss(outcome, weights, shares) for weights in states])
        before, terms = losses[:STEPS], np.array([_loss(outcome, weights, (0.0, 0.0)) for weights in states])
        found += [
            ("the loss after each step", losses[1:]),
            ("the loss of the data alone, without the regularisation,", terms[:STEPS]),
            ("the loss of the data alone after each step", terms[1:]),
            ("the regularisation alone", (losses - terms)[:STEPS]),
            ("the sum of the losses so far", np.cumsum(before)),
            ("the mean of the losses so far", np.cumsum(before) / np.arange(1, STEPS + 1)),
            ("the losses in reverse order", before[::-1]),
            ("the first loss in each entry", np.full(STEPS, before[0])),
            ("the last loss in each entry", np.full(STEPS, before[-1])),
            ("the last loss, and 0 in the entries before it,", np.where(np.arange(STEPS) == STEPS - 1, before, 0)),
            ("the first loss, and 0 in the entries after it,", np.where(np.arange(STEPS) == 0, before, 0)),
            ("the losses of the iterations before, and 0 in the first entry,", np.append(0, before[:-1])),
        ]
        for at_first in (False, True):
            restarted = [first, *restarting(outcome, rates, shares, at_first)][:STEPS]
            again = np.array([_loss(outcome, weights, shares) for weights in restarted])
            found.append((ONE_MOVES if at_first else RESTARTING, again))
        for words, states in coasting(outcome, rates, shares):
            coasted = [first, *states][:STEPS]
            found.append((f"the losses of {words}", np.array([_loss(outcome, weights, shares) for weights in coasted])))
        for words, others in OTHER_RATES:
            states = [
                first,
                *followed(outcome, [rate * other for rate, other in zip(rates, others, strict=True)], shares),
            ]
            found.append((words, np.array([_loss(outcome, weights, shares) for weights in states[:STEPS]])))
    about = ({"found": words, "asked": ASKED} for words, _ in found)
    return [
        Candidate("OTHER_FORMULA", {"loss_history": values}, KEPT, said)
        for (_, values), said in zip(found, about, strict=True)
    ]


def _loss(outcome: Outcome, weights: Weights, shares: tuple[float, float]) -> float:
    """The loss of the batch: its average cross-entropy, and what the slopes' pulls are the derivatives of."""
    values = outcome.probe.arguments
    w1, b1, w2, b2 = weights
    p = softmax(np.maximum(values["X"] @ w1 + b1, 0) @ w2 + b2)
    targets = one_hot(np.asarray(values["y"], dtype=np.int64), b2.shape[0])
    squares = (share / 2 * float(np.sum(w**2)) for w, share in zip(weights, 2 * shares, strict=True))
    return float(-np.mean(np.log(np.sum(targets * p, axis=1)))) + float(values["reg"]) * sum(squares)
