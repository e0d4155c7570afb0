"""The Jacobian of the softmax, term by term; its argument is z."""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways, formula
from grader.diagnosis.recipes.scales import SIGN
from reference.softmax import softmax

EXPONENTIALS: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
    ("e = exp(z)", np.exp),
    ("e = exp(z - max(z))", lambda z: np.asarray(np.exp(z - z.max()))),
)
"""What stands where a probability belongs, not divided by its sum."""

DIAGONAL = Step(
    "diagonal",
    "np.diag(p)",
    lambda p, z: np.diag(p),
    (
        Way("INDICATOR_MISSING", "0", lambda p, z: 0 * np.diag(p)),
        Way("JACOBIAN_OFF_DIAGONAL_ONLY", "np.diag(p ** 2)", lambda p, z: np.diag(p**2)),
        Way("OTHER_FORMULA", "np.eye(C)", lambda p, z: np.eye(len(p))),
        Way("OTHER_FORMULA", "np.diag(p * (1 - p))", lambda p, z: np.diag(p * (1 - p))),
        Way("OTHER_FORMULA", "np.diag(1 - p)", lambda p, z: np.diag(1 - p)),
        Way("OTHER_FORMULA", "np.diag(z)", lambda p, z: np.diag(z)),
        Way("OTHER_FORMULA", "p, without np.diag", lambda p, z: p + 0 * np.diag(p)),
        Way("OTHER_FORMULA", "p as a column", lambda p, z: p[:, None] + 0 * np.diag(p)),
        Way("OTHER_FORMULA", "np.diag(e) / sum(e) ** 2, e = exp(z - max(z))", lambda p, z: np.diag(p) * p.max()),
        Way("OTHER_FORMULA", "-np.diag(p)", lambda p, z: -np.diag(p)),
        *(formula(f"np.diag(e), {words},", lambda p, z, e=e: np.diag(e(z))) for words, e in EXPONENTIALS),
    ),
)

OUTER = Step(
    "outer",
    "np.outer(p, p)",
    lambda p, z: np.outer(p, p),
    (
        Way("JACOBIAN_DIAGONAL_ONLY", "np.diag(p ** 2)", lambda p, z: np.diag(p**2)),
        Way("OTHER_FORMULA", "0", lambda p, z: 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "-np.outer(p, p)", lambda p, z: -np.outer(p, p)),
        Way("OTHER_FORMULA", "np.outer(p, z)", lambda p, z: np.outer(p, z)),
        Way("OTHER_FORMULA", "np.outer(z, p)", lambda p, z: np.outer(z, p)),
        Way("OTHER_FORMULA", "np.outer(z, z)", lambda p, z: np.outer(z, z)),
        formula("p[k] / C for every j", lambda p, z: p[:, None] / len(p) + 0 * np.outer(p, p)),
        formula("p[j] / C for every k", lambda p, z: p / len(p) + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "np.dot(p, p)", lambda p, z: np.dot(p, p) + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "p in every row", lambda p, z: p + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "p in every column", lambda p, z: p[:, None] + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "p ** 2 in every row", lambda p, z: p**2 + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "p[k] ** 2 in every column", lambda p, z: (p**2)[:, None] + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "e[k] * e[j] / sum(e) off the diagonal", lambda p, z: _times_off(p, np.exp(z).sum())),
        Way(
            "OTHER_FORMULA",
            "e[k] * e[j] / sum(e) off the diagonal, e = exp(z - max(z))",
            lambda p, z: _times_off(p, np.exp(z - z.max()).sum()),
        ),
        Way("OTHER_FORMULA", "np.outer(p, 1 - p)", lambda p, z: np.outer(p, 1 - p)),
        Way("OTHER_FORMULA", "2 * np.outer(p, p)", lambda p, z: 2 * np.outer(p, p)),
        *(
            formula(f"{found}, {words},", lambda p, z, e=e, outer=outer: outer(p, e(z)))
            for words, e in EXPONENTIALS
            for found, outer in (
                ("np.outer(p, e)", np.outer),
                ("np.outer(e, p)", lambda p, e: np.outer(e, p)),
                ("np.outer(e, e)", lambda p, e: np.outer(e, e)),
            )
        ),
    ),
)


def _times_off(p: FloatArray, factor: float) -> FloatArray:
    """The outer product with a factor off its diagonal."""
    return np.outer(p, p) * np.where(np.eye(len(p)) > 0, 1, factor)


def _jacobian(outcome: Outcome, use: Ways) -> dict[str, Any]:
    z = outcome.probe.arguments["z"]
    p = use["p"](z)
    J = use["diagonal"](p, z) - use["outer"](p, z)
    return {"J": use["sign"](use["whole"](J, p, z))}


WHOLE = Step(
    "whole",
    "J",
    lambda J, p, z: J,
    (
        Way("OTHER_FORMULA", "np.eye(C) - p, the derivative of log(p)", lambda J, p, z: J / p[:, None]),
        Way("OTHER_FORMULA", "J[k, j] * p[j]", lambda J, p, z: J * p),
        Way("OTHER_FORMULA", "J[k, j] * p[k]", lambda J, p, z: J * p[:, None]),
        Way("OTHER_FORMULA", "J[k, j] * z[j]", lambda J, p, z: J * z),
        formula("p[k] * (1 + p[k]) on the diagonal", lambda J, p, z: J + 2 * np.diag(p**2)),
        Way("OTHER_FORMULA", "J * sum(e) on the diagonal", lambda J, p, z: _times_on(J, np.exp(z).sum())),
        Way(
            "OTHER_FORMULA",
            "J * sum(e) on the diagonal, e = exp(z - max(z))",
            lambda J, p, z: _times_on(J, np.exp(z - z.max()).sum()),
        ),
        Way("OTHER_FORMULA", "J / sum(e), e = exp(z - max(z))", lambda J, p, z: J / np.exp(z - z.max()).sum()),
        Way(
            "OTHER_FORMULA",
            "e from z - max(z) over a sum of exp(z)",
            lambda J, p, z: _other_sum(np.exp(z - z.max()), np.exp(z).sum()),
        ),
        Way("OTHER_FORMULA", "J without the lower half", lambda J, p, z: np.triu(J)),
        Way("OTHER_FORMULA", "J without the upper half", lambda J, p, z: np.tril(J)),
        Way("OTHER_FORMULA", "J @ J", lambda J, p, z: J @ J),
    ),
)


def _times_on(J: FloatArray, factor: float) -> FloatArray:
    """A matrix with a factor on its diagonal."""
    return J * np.where(np.eye(len(J)) > 0, factor, 1)


def _other_sum(e: FloatArray, total: float) -> FloatArray:
    """e (total - e) / total^2 on the diagonal, -e e / total^2 off it."""
    off = -np.outer(e, e) / total**2
    return np.where(np.eye(len(e)) > 0, np.diag(e * (total - e) / total**2), off)


def _over_part(z: FloatArray, part: slice) -> FloatArray:
    """Exponentials over the sum of some of them."""
    e = np.exp(z - z.max())
    return np.asarray(e / e[part].sum())


P = Step(
    "p",
    "softmax(z)",
    lambda z: softmax(z[np.newaxis])[0],
    (
        Way("SOFTMAX_NOT_NORMALISED", "exp(z)", np.exp),
        Way("SOFTMAX_NOT_NORMALISED", "exp(z - max(z))", lambda z: np.exp(z - z.max())),
        Way("SOFTMAX_NOT_NORMALISED", "exp(z - max(z)) / C", lambda z: np.exp(z - z.max()) / len(z)),
        formula("e / sum(e) without the last class", lambda z: _over_part(z, slice(-1))),
        formula("e / sum(e) without class 0", lambda z: _over_part(z, slice(1, None))),
        Way("SOFTMAX_SIGN", "softmax(-z)", lambda z: softmax(-z[np.newaxis])[0]),
        Way("SOFTMAX_IS_SIGMOID", "sigmoid(z)", lambda z: 1 / (1 + np.exp(-z))),
        Way("SOFTMAX_TWICE", "softmax(softmax(z))", lambda z: softmax(softmax(z[np.newaxis]))[0]),
        Way("OTHER_FORMULA", "z", lambda z: z),
        Way("OTHER_FORMULA", "z / sum(z)", lambda z: z / z.sum()),
        Way("SOFTMAX_LOG", "log(softmax(z))", lambda z: np.log(softmax(z[np.newaxis])[0])),
    ),
)

JACOBIAN = Recipe((P, DIAGONAL, OUTER, WHOLE, SIGN), _jacobian)
