"""Inside a formula: what one of its terms must have been, if all others are right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair
from reference.softmax import softmax
from reference.spec import Operation


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a formula: its expression, what it must have been for a result, and what is right."""

    name: str
    implied: Callable[[Outcome, FloatArray], FloatArray]
    right: Callable[[Outcome], FloatArray]

    def pairs(self, pairs: Sequence[Pair]) -> list[Pair]:
        """The pairs of the result as pairs of the term."""
        return [replace(p, yours=self.implied(p.outcome, p.yours), right=self.right(p.outcome)) for p in pairs]


def _argument(name: str) -> Callable[[Outcome], FloatArray]:
    return lambda outcome: np.asarray(outcome.probe.arguments[name], dtype=np.float64)


_x, _w, _b, _target, _logits = (_argument(name) for name in ("x", "w", "b", "target", "logits"))


def _prediction(outcome: Outcome) -> FloatArray:
    """What the student's own softmax gave where that is known."""
    known = outcome.known.get("p")
    return softmax(_logits(outcome)) if known is None else known


TERMS: Mapping[Operation, tuple[Term, ...]] = {
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: (
        Term("softmax(logits)", lambda o, y: len(y) * y + _target(o), _prediction),
        Term("the target", lambda o, y: _prediction(o) - len(y) * y, _target),
    ),
    Operation.LINEAR: (Term("x @ w", lambda o, y: y - _b(o), lambda o: _x(o) @ _w(o)),),
}
