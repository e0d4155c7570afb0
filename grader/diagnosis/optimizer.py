"""Known wrong update rules, read from three consecutive states of a student's parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from grader import numerics
from grader.least_squares import fitted

FloatArray = NDArray[np.float64]

RULE_TOLERANCE = 1e-6
"""Relative error of one step against the rule where parameters are float64. The difference of two of them keeps eight
decimals, and a step by a gradient that was calculated in float32, as it may be, is off by up to 2.5e-7."""

RULE_TOLERANCE_FLOAT32 = 1e-3
"""The same where parameters are float32, whose steps keep four decimals."""

LEAST_VARIATION = 0.1
"""By how much running sizes of gradients differ between parameters, relative to the largest, if they are any."""

FACTOR_TOLERANCE = 1e-5
"""Relative error of a fitted factor: a gradient with a small number in its logarithm moves it by 1e-6."""

BESIDE = 0.1
"""By how much of what the velocity lacks a decay beside it may miss that, so that it is no other mistake."""

FEWEST = 12
"""Numbers that a fit of three factors must explain, so that it explains something."""

GRADIENT_TOLERANCE = 1e-3
"""Relative error of lr gradient once gamma v is taken off: however large the velocity, the gradient has to be in the
step. Steps taken in float32 inside keep four decimals of it."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Parameters after 1, 2 and 3 steps, one vector each, and the gradient at the second: all of one length.

    before: the gradient at the first, where it is known.
    """

    first: FloatArray
    second: FloatArray
    third: FloatArray
    gradient: FloatArray
    lr: float
    gamma: float
    samples: int
    single: bool
    before: FloatArray | None = None

    @property
    def moved(self) -> FloatArray:
        """What the third step subtracted."""
        return self.second - self.third

    @property
    def velocity(self) -> FloatArray:
        """What the second step subtracted: the velocity before the third."""
        return self.first - self.second

    def follows(self, step: FloatArray) -> bool:
        """Whether the third step subtracted `step`; another shape is another step."""
        if step.shape != self.moved.shape:
            return False
        tolerance = RULE_TOLERANCE_FLOAT32 if self.single else RULE_TOLERANCE
        return numerics.agrees(numerics.largest_error(self.moved, step), tolerance)

    @property
    def right(self) -> bool:
        """Whether the third step is gamma v + lr gradient, and the gradient is seen in it beside any velocity."""
        return self.follows(self.gamma * self.velocity + self.lr * self.gradient) and not self.astray

    @property
    def astray(self) -> bool:
        """Whether the gradient is not in the third step: labels of others change it by a third, rounding by little."""
        rest = numerics.largest_error(self.moved - self.gamma * self.velocity, self.lr * self.gradient)
        return not numerics.agrees(rest, GRADIENT_TOLERANCE)

    def of(self, part: slice | NDArray[np.int_]) -> "Steps":
        """The steps of some of the parameters."""
        before = self.before[part] if self.before is not None else None
        return replace(
            self,
            first=self.first[part],
            second=self.second[part],
            third=self.third[part],
            gradient=self.gradient[part],
            before=before,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A wrong rule: the codes of its mistakes, what its third step subtracts, and what stands in it if no code says."""

    codes: tuple[str, ...]
    step: FloatArray
    found: str | None = None
    asked: str | None = None


def rules(steps: Steps) -> Sequence[Rule]:
    """What wrong rules subtract in the third step, those with one mistake first."""
    v, g, w = steps.velocity, steps.gradient, steps.second
    lr, gamma = steps.lr, steps.gamma
    momenta, gradients = _momenta(gamma), _gradient_factors(lr, gamma, steps.samples)
    single = [
        Rule(("PARAMS_NOT_UPDATED",), np.zeros_like(v)),
        *(Rule((code,), factor * v + lr * g, found, asked) for code, factor, found, asked in momenta),
        *(Rule((code,), gamma * v + factor * g) for code, factor in gradients),
        Rule(("MOMENTUM_USES_WEIGHT",), gamma * w + lr * g),
        Rule(("NESTEROV",), gamma * (gamma * v + lr * g) + lr * g),
        Rule(("GRADIENT_NOT_USED",), gamma * v),
        *_in_place_of_weights(steps),
        *(
            Rule(("OTHER_FORMULA",), gamma * v + lr * step, found, "gradient")
            for found, step in (
                ("sign(gradient)", np.sign(g)),
                ("gradient / its norm", g / max(float(np.linalg.norm(g)), numerics.TINY)),
                ("gradient ** 2", g**2),
                ("|gradient|", np.abs(g)),
            )
        ),
    ]
    if steps.before is not None:
        new = v - lr * steps.before + lr * g
        single += [Rule(("NESTEROV",), gamma * new + lr * g), *_other_gradients(steps, steps.before)]
    # A gradient that is calculated once makes steps of lr g, (1 + gamma) lr g, (1 + gamma + gamma**2) lr g...
    once = v * (1 + gamma + gamma**2) / (1 + gamma)
    single.append(
        Rule(("OTHER_FORMULA",), once, "a gradient that is calculated once", "the gradient at the new weights")
    )
    pairs = [
        Rule((code, other), factor * v + size * g, found, asked)
        for code, factor, found, asked in momenta
        for other, size in gradients
    ]
    ascents = [
        Rule((code, "ASCENT"), gamma * v - size * g) for code, size in gradients if code not in ("ASCENT", "FACTOR_TWO")
    ]
    if steps.before is not None:
        # Added, the last step was minus gamma times its velocity minus the gradient.
        new = -v - lr * steps.before + lr * g
        pairs.append(Rule(("NESTEROV", "ASCENT"), -(gamma * new + lr * g)))
    return [*single, *pairs, *ascents]


def _other_gradients(steps: Steps, before: FloatArray) -> Sequence[Rule]:
    """Rules whose gradient is the last step's, the sum of all so far, or divided by a running size of its own."""
    v, g, lr, gamma = steps.velocity, steps.gradient, steps.lr, steps.gamma
    # The first gradient is not known, but the second step is gamma lr first + lr (first + before).
    total = (v / lr - before) / (1 + gamma) + before + g
    found = [
        ("gamma * velocity + lr * the gradient of the step before", gamma * v + lr * before),
        ("gamma * the velocity, to which the gradient is added after the step", gamma * v + gamma * lr * before),
        ("gamma * velocity + lr * the sum of the gradients of all steps so far", gamma * v + lr * total),
        ("the new velocity, and lr * gradient once more,", gamma * (v - lr * before) + 2 * lr * g),
    ]
    with np.errstate(all="ignore"):
        size = (lr * before / v) ** 2  # of the second step, lr gradient / sqrt(size)
        if not np.ptp(size) > LEAST_VARIATION * np.max(size, initial=0.0):  # one factor for all is no size of its own
            size = np.full_like(size, np.nan)
        found += [
            (
                "lr * gradient / sqrt(the running mean of gradient ** 2), RMSProp",
                lr * g / np.sqrt(kept * size + (1 - kept) * g**2),
            )
            for kept in (0.9, 0.95, 0.99, 0.999)
        ]
        found.append(("AdaGrad: lr * gradient / sqrt(the sum of gradient ** 2)", lr * g / np.sqrt(size + g**2)))
    return [Rule(("OTHER_FORMULA",), step, words, "gamma * velocity + lr * gradient") for words, step in found]


def _in_place_of_weights(steps: Steps) -> Sequence[Rule]:
    """Rules whose weights are the step itself: w = v or w = -v, so that the weight before is the velocity, or minus it.

    Where gamma is 0 both are plus or minus lr gradient. A fit of three factors would call them a decay of 1 - gamma.
    """
    w, g, lr, gamma = steps.second, steps.gradient, steps.lr, steps.gamma
    return [
        weights_that_are(words, w - (gamma * w + sign * lr * g)) for sign, words in ((1.0, "v itself"), (-1.0, "-v"))
    ]


def weights_that_are(words: str, step: FloatArray) -> Rule:
    """A rule whose step replaces the weights."""
    return Rule(("OTHER_FORMULA",), step, f"weights that are {words}", "w - v, a change of them")


def _momenta(gamma: float) -> Sequence[tuple[str, float, str | None, str | None]]:
    """Wrong factors of the velocity."""
    return (
        ("NO_MOMENTUM", 0.0, None, None),
        ("MOMENTUM_SIGN", -gamma, None, None),
        ("OTHER_FORMULA", 1.0, "the whole velocity", "gamma * velocity"),
        ("OTHER_FORMULA", 1 - gamma, "(1 - gamma) * velocity", "gamma * velocity"),
        ("OTHER_FORMULA", gamma**2, "gamma ** 2 * velocity", "gamma * velocity"),
    )


def gradient_factor(code: str, lr: float, gamma: float, samples: int) -> float | None:
    """What a mistake with this code multiplies the gradient by beside the rate; None where it is another mistake."""
    found = dict(_gradient_factors(lr, gamma, samples)).get(code)
    return found / lr if found is not None else None


def _gradient_factors(lr: float, gamma: float, n: int) -> Sequence[tuple[str, float]]:
    """Wrong factors of the gradient."""
    return (
        ("ASCENT", -lr),
        ("MOMENTUM_DAMPED", (1 - gamma) * lr),
        ("TOTAL_NOT_MEAN", n * lr),
        ("DOUBLE_MEAN", lr / n),
        ("GAMMA_ON_GRADIENT", gamma * lr),
        ("RATE_IGNORED", 1.0),
        ("RATE_SQUARED", lr**2),
        ("FACTOR_TWO", 2 * lr),
        ("FACTOR_HALF", lr / 2),
    )


def cause(steps: Steps) -> Rule | None:
    """The rule that was followed; None if none is known."""
    return next((rule for rule in rules(steps) if steps.follows(rule.step)), None)


@dataclass(frozen=True, slots=True)
class Coefficients:
    """A step as a sum: velocity times, plus gradient times, plus weight times."""

    velocity: float
    gradient: float
    weight: float

    def decay(self, gamma: float) -> float:
        """What a step takes of the weight: in the velocity, or beside it.

        The last step, which is taken for the velocity, holds a decay beside it as well: w of the step before is w plus
        that step, and gamma times it is no part of this one.
        """
        beside = self.weight / (1 - gamma) if gamma != 1 else 0.0
        missed = abs(self.velocity - gamma * (1 - beside))
        return beside if missed < BESIDE * abs(self.velocity - gamma) else self.weight

    def in_place_of_weights(self, lr: float, gamma: float) -> str | None:
        """What the weights are where the step is no change of them: v itself, or v - w; None where it is one.

        Both are sums with a weight in it, as a decay is; the signs of the others tell.
        """
        known = {"v itself": (0.0, -lr, 1 - gamma), "v - w": (-gamma, -lr, 2 * (1 - gamma))}
        made = np.array([self.velocity, self.gradient, self.weight])
        return next((words for words, of in known.items() if np.allclose(made, of, FACTOR_TOLERANCE, 0.0)), None)


def coefficients(steps: Steps) -> Coefficients | None:
    """The step as a sum of velocity, gradient and weight, if it is one; None otherwise."""
    columns = np.stack([steps.velocity, steps.gradient, steps.second], axis=1)
    solved = fitted(columns, steps.moved) if len(columns) >= FEWEST else None
    if solved is None:
        return None
    weights, rank = solved
    if rank < columns.shape[1] or not steps.follows(columns @ weights) or not np.any(steps.moved):
        return None
    # What is rounding only counts as zero.
    small = [abs(float(f)) * numerics.largest(c) for f, c in zip(weights, columns.T, strict=True)]
    kept = [float(f) if s > 1e-6 * max(small) else 0.0 for f, s in zip(weights, small, strict=True)]
    if not kept[1]:  # the step of a gradient that was calculated elsewhere can look like a factor of the velocity
        return None
    return Coefficients(*kept)


def flat(values: Mapping[str, FloatArray], names: Sequence[str]) -> FloatArray:
    """Tensors as one vector, in the order of `names`."""
    return np.concatenate([values[name].ravel() for name in names])
