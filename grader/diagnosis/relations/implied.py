"""Inside a formula: what one of its terms must have been, if all others are right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.regularised import half_of
from grader.diagnosis.relation import Pair
from reference.data import one_hot
from reference.softmax import softmax
from reference.spec import Operation


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a formula: its expression, what it must have been for a result, and what is right.

    tensors: the results whose formulas have it; all if none is named. implied is None where a right result has no such
    term, so that it says nothing.
    """

    name: str
    implied: Callable[[Outcome, FloatArray], FloatArray | None]
    right: Callable[[Outcome], FloatArray]
    tensors: tuple[str, ...] = ()

    def pairs(self, pairs: Sequence[Pair]) -> list[Pair]:
        """The pairs of the result as pairs of the term."""
        found = [(pair, self.implied(pair.outcome, pair.yours)) for pair in pairs]
        return [replace(p, yours=yours, right=self.right(p.outcome)) for p, yours in found if yours is not None]


def _argument(name: str) -> Callable[[Outcome], FloatArray]:
    return lambda outcome: np.asarray(outcome.probe.arguments[name], dtype=np.float64)


_x, _w, _b, _target, _logits = (_argument(name) for name in ("x", "w", "b", "target", "logits"))


def _prediction(outcome: Outcome) -> FloatArray:
    """What the student's own softmax gave where that is known."""
    known = outcome.known.get("p")
    return softmax(_logits(outcome)) if known is None else known


def _new(weight: str, moved: str) -> Term:
    """A weight after a step, of which the result is how far it moved over the rate."""

    def after(outcome: Outcome, step: FloatArray) -> FloatArray:
        return np.asarray(_argument(weight)(outcome) - float(outcome.probe.arguments["lr"]) * step)

    return Term(f"the new {weight}", after, lambda outcome: after(outcome, outcome.right[moved]), (moved,))


def _regularised(weight: str, tensor: str, strength: str) -> Term:
    """What stands for a weight in the derivative of its regularisation; where that has no strength, nothing does."""

    def implied(outcome: Outcome, yours: FloatArray) -> FloatArray | None:
        reg, w = float(outcome.probe.arguments[strength]), _argument(weight)(outcome)
        if not reg and outcome.agrees(tensor):
            return None
        if not reg or outcome.known:
            return np.full_like(w, np.nan)
        share = 2 * _half(outcome, reg)
        return w + (yours - outcome.right[tensor]) / (share * reg)

    return Term(f"{weight} in the regularisation", implied, _argument(weight), (tensor,))


def _data(weight: str, tensor: str, strength: str) -> Term:
    """A gradient without what its regularisation adds."""

    def without(outcome: Outcome, gradient: FloatArray) -> FloatArray:
        reg, w = float(outcome.probe.arguments[strength]), _argument(weight)(outcome)
        return gradient - 2 * _half(outcome, reg) * reg * w if reg else gradient

    return Term(f"{tensor} without regularisation", without, lambda o: without(o, o.right[tensor]), (tensor,))


def _half(outcome: Outcome, reg: float) -> float:
    """Which of the two accepted factors the right gradient has."""
    if "input" in outcome.probe.arguments:
        x, w, t = (_argument(name)(outcome) for name in ("input", "W", "label"))
        return half_of(outcome.right["gradient"], x.T @ (softmax(x @ w) - t) / len(x), reg, w)
    x, w1, b1, w2, b2 = (_argument(name)(outcome) for name in ("X", "W1", "b1", "W2", "b2"))
    t = one_hot(np.asarray(outcome.probe.arguments["y"], dtype=np.int64), w2.shape[1])
    a1 = np.maximum(x @ w1 + b1, 0)
    return half_of(outcome.right["d_w2"], a1.T @ (softmax(a1 @ w2 + b2) - t) / len(x), reg, w2)


TWO_LAYERS = (
    _regularised("W1", "d_w1", "reg"),
    _regularised("W2", "d_w2", "reg"),
    _data("W1", "d_w1", "reg"),
    _data("W2", "d_w2", "reg"),
)

TERMS: Mapping[Operation, tuple[Term, ...]] = {
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: (
        Term("softmax(logits)", lambda o, y: len(y) * y + _target(o), _prediction),
        Term("the target", lambda o, y: _prediction(o) - len(y) * y, _target),
    ),
    Operation.LINEAR: (Term("x @ w", lambda o, y: y - _b(o), lambda o: _x(o) @ _w(o)),),
    Operation.SOFTMAX_STEP: (_new("theta", "dtheta"),),
    Operation.NETWORK_STEP: (_new("W1", "dW1"), _new("W2", "dW2")),
    Operation.SOFTMAX_CLASSIFIER: (_regularised("W", "gradient", "lamda"), _data("W", "gradient", "lamda")),
    Operation.COST_GRADIENT: TWO_LAYERS,
    Operation.TWO_LAYER_LOSS: TWO_LAYERS,
}
