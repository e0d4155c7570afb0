"""The confusion matrix, made of the right one."""

import numpy as np

from grader.diagnosis.recipe import Recipe, Step, Way, formula
from grader.diagnosis.recipes.totals import earlier, later

COUNTS = Step(
    "counts",
    "counts[y, yhat] += 1",
    lambda c: c,
    (
        Way("CONFUSION_TRANSPOSED", "counts[yhat, y] += 1", lambda c: c.T),
        Way("CONFUSION_NOT_COUNTED", "counts[y, yhat] = 1", lambda c: np.minimum(c, 1)),
        formula("the right predictions only", lambda c: np.diag(np.diag(c))),
        formula("the wrong predictions only", lambda c: c - np.diag(np.diag(c))),
        formula("one count too many in each entry", lambda c: c + 1),
        formula("twice the counts", lambda c: 2 * c),
        formula("counts modulo 256, which is what integers of 8 bits hold,", lambda c: c % 256),
        formula("counts from -128 to 127, which is what int8 holds,", lambda c: (c + 128) % 256 - 128),
        formula("counts with the classes in reverse order", lambda c: c[::-1, ::-1]),
        formula("counts with rows shifted by one class", lambda c: np.roll(c, 1, axis=0)),
        formula("counts with columns shifted by one class", lambda c: np.roll(c, 1, axis=1)),
        formula("counts of y - 1, those of class 0 left out", lambda c: earlier(c.T).T),
        formula("counts of yhat - 1, those of class 0 left out", lambda c: earlier(c)),
        formula("counts of y + 1, those of the last class left out", lambda c: later(c.T).T),
        formula("counts of yhat + 1, those of the last class left out", lambda c: later(c)),
        formula("the total in each row", lambda c: c.sum(axis=1)),
        formula("negative counts", lambda c: -c),
        formula("the true counts on the diagonal, minus the counts", lambda c: np.diag(c.sum(axis=1)) - c),
        formula("shares of each column", lambda c: c / np.maximum(c.sum(axis=0, keepdims=True), 1)),
    ),
)

CONFUSION = Recipe((COUNTS,), lambda outcome, use: {"counts": use["counts"](outcome.right["counts"])})
