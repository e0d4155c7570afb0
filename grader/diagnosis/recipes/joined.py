"""Weights and a bias that are one array: its gradient taken apart, and what is sent back through it, at a wrong end."""

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Step, Way, formula

UNSTACKED = Step(
    "unstacked",
    "the last row of [dW; db] as db",
    lambda dW, db, pull: (dW + pull, db),
    (
        formula("the first row of [dW; db] as db", lambda dW, db, pull: (np.vstack([dW[1:], _row(db)]) + pull, dW[:1])),
        formula(
            "the last row of [db; dW] as db", lambda dW, db, pull: (np.vstack([_row(db), dW[:-1]]) + pull, dW[-1:])
        ),
        formula(
            "the first row of [dW; db], the regularisation in dW already, as db",
            lambda dW, db, pull: (np.vstack([(dW + pull)[1:], _row(db)]), (dW + pull)[:1]),
        ),
        formula(
            "the last row of [db; dW], the regularisation in dW already, as db",
            lambda dW, db, pull: (np.vstack([_row(db), (dW + pull)[:-1]]), (dW + pull)[-1:]),
        ),
        Way("BIAS_NO_GRADIENT", "zeros", lambda dW, db, pull: (dW + pull, 0 * db)),
    ),
)
"""The gradients of weights and a bias taken apart, in both layers; pull: the regularisation's, of the weights alone."""

SENT_BACK = Step(
    "sent_back",
    "d_o @ w_o.T",
    lambda back, d, w, b: back,
    (
        formula(
            "d_o @ [b_o; w_o].T without its last column, a unit's,",
            lambda back, d, w, b: (d @ np.vstack([_row(b), w]).T)[:, :-1],
        ),
        formula(
            "d_o @ [w_o; b_o].T without its first column, a unit's,",
            lambda back, d, w, b: (d @ np.vstack([w, _row(b)]).T)[:, 1:],
        ),
    ),
)
"""A delta sent back through weights and a bias in one array, from which the column of the bias is to be dropped."""


def _row(b: FloatArray) -> FloatArray:
    return b.reshape(1, -1)
