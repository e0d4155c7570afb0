"""What a training loop's steps say of its update rule: of all parameters together, of each, or of their factors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.diagnosis.optimizer import FACTOR_TOLERANCE, Rule, Steps, cause, coefficients, weights_that_are
from grader.report import Evidence
from grader.results import FloatArray


@dataclass(frozen=True, slots=True)
class Told:
    """A code, and the evidence that is its own."""

    code: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


def told(steps: Steps, parts: Mapping[str, slice], other: Mapping[str, FloatArray]) -> tuple[Told, ...]:
    """The mistakes of a rule that is wrong; empty if unknown.

    parts: where each parameter lies in the vectors. other: gradients of other data than the training set, by what they
    are of.
    """
    rule = cause(steps)
    if rule is not None:
        return _of(rule, {})
    for data, gradient in other.items():
        if gradient.shape == steps.gradient.shape and steps.follows(steps.gamma * steps.velocity + steps.lr * gradient):
            return (Told("OTHER_DATA", {"found": data}),)
    return _by_parameter(steps, parts) or _by_factors(steps)


def _of(rule: Rule, evidence: Mapping[str, Evidence]) -> tuple[Told, ...]:
    about: dict[str, Evidence] = {"found": rule.found, "asked": rule.asked, "wrong": ["step"], "subject": "the step"}
    return tuple(Told(code, {**about, **evidence}) for code in rule.codes)


def _by_parameter(steps: Steps, parts: Mapping[str, slice]) -> tuple[Told, ...]:
    """Mistakes that concern some parameters only: every parameter is either right or follows a known wrong rule."""
    wrong: dict[tuple[str, ...], list[str]] = {}
    rules: dict[tuple[str, ...], Rule] = {}
    unknown: list[str] = []
    for name, part in parts.items():
        own = steps.of(part)
        if own.right:  # to stand still is what a gradient of zero asks for: its own check says what is wrong with it
            continue
        rule = cause(own)
        if rule is None:
            unknown.append(name)
            continue
        wrong.setdefault(rule.codes, []).append(name)
        rules.setdefault(rule.codes, rule)
    if unknown:
        return _decayed(steps, parts, unknown) if not wrong and len(unknown) < len(parts) else ()
    found: list[Told] = []
    for codes, names in wrong.items():
        if codes == ("PARAMS_NOT_UPDATED",):
            found.append(Told("SOME_PARAMS_NOT_UPDATED", {"frozen": list(names)}))
        else:
            some: dict[str, Evidence] = (
                {"only_in": list(names), "wrong": list(names)} if len(names) < len(parts) else {}
            )
            found += _of(rules[codes], some)
    return tuple(found)


def _decayed(steps: Steps, parts: Mapping[str, slice], names: Sequence[str]) -> tuple[Told, ...]:
    """A decay of these parameters alone, by one factor; empty where their steps hold none beside the gradient.

    What is less than nothing is a regularisation that is left out, which is told as such.
    """
    indices = np.arange(len(steps.moved))
    fitted = coefficients(steps.of(np.concatenate([indices[parts[name]] for name in names])))
    if fitted is None or fitted.weight <= 0 or fitted.in_place_of_weights(steps.lr, steps.gamma):
        return ()
    if not np.isclose(fitted.gradient, steps.lr, rtol=FACTOR_TOLERANCE):  # more than a decay is wrong
        return ()
    decay = fitted.decay(steps.gamma)
    return (Told("WEIGHT_DECAY", {"times_weight": decay, "only_in": list(names), "wrong": list(names)}),)


def _by_factors(steps: Steps) -> tuple[Told, ...]:
    """The factors of velocity, gradient and weight that make the step, whatever they should be called."""
    fitted = coefficients(steps)
    if fitted is None:
        return ()
    factors: dict[str, Evidence] = {"times_velocity": fitted.velocity, "times_gradient": fitted.gradient}
    weights = fitted.in_place_of_weights(steps.lr, steps.gamma)
    if weights:
        return _of(weights_that_are(weights, steps.moved), {})
    if fitted.weight:
        return (Told("WEIGHT_DECAY", {**factors, "times_weight": fitted.decay(steps.gamma)}),)
    return (Told("STEP_FACTORS", factors),)
