"""One file a kind of check."""

from collections.abc import Callable, Mapping
from typing import Any

from grader.checks import (
    cases,
    contract,
    descent,
    drawn_batches,
    forward,
    gradient,
    history,
    laws,
    stability,
    training,
    update_rule,
)
from grader.checks.subject import Finding, Subject
from reference.spec import (
    Cases,
    Check,
    Contract,
    Descent,
    DrawnBatches,
    Forward,
    Gradient,
    History,
    Property,
    Stability,
    Training,
    UpdateRule,
)

# Any: each function takes its own kind of spec, which a mapping from types cannot say.
CHECKS: Mapping[type[Check], tuple[str, Callable[[Any, Subject], Finding]]] = {
    Contract: (contract.KIND, contract.check),
    Forward: (forward.KIND, forward.check),
    Stability: (stability.KIND, stability.check),
    Cases: (cases.KIND, cases.check),
    Property: (laws.KIND, laws.check),
    Gradient: (gradient.KIND, gradient.check),
    UpdateRule: (update_rule.KIND, update_rule.check),
    DrawnBatches: (drawn_batches.KIND, drawn_batches.check),
    Training: (training.KIND, training.check),
    History: (history.KIND, history.check),
    Descent: (training.KIND, descent.check),
}
"""What runs a check of each kind, and its name in the report."""
