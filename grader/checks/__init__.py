"""`CHECKS` names the file of each kind of check; the others say why one failed.

`calls`, `values`, `training` and `steps` hold what an assignment can ask of a function and of a training loop. On top
stands what all of them use: the subject, one training call, the laws of a function.
"""

from collections.abc import Callable, Mapping
from typing import Any

from grader.checks import laws
from grader.checks.calls import contract
from grader.checks.steps import drawn_batches, update_rule
from grader.checks.subject import Finding, Subject
from grader.checks.training import descent, history, training
from grader.checks.values import cases, forward, gradient, stability
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
