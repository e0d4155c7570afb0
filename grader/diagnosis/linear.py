"""Known wrong formulas of a linear layer."""

from collections.abc import Sequence

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate


def linear(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong linear layers return for one outcome."""
    x, w, b = (outcome.probe.arguments[name] for name in ("x", "w", "b"))
    formulas = (
        ("BIAS_IGNORED", x @ w),
        ("BIAS_SUBTRACTED", x @ w - b),
        ("BIAS_MULTIPLIED", (x @ w) * b),
    )
    return [Candidate(code, {"z": value}, "x @ w + b") for code, value in formulas]
