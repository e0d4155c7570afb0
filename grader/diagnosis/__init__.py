"""From the evidence of a mismatch to its cause; one file a family."""

from collections.abc import Callable, Mapping, Sequence

from grader.comparison import Outcome
from grader.diagnosis.activations import relu, softmax_candidates
from grader.diagnosis.cross_entropy import gradient, loss
from grader.diagnosis.linear import linear
from grader.diagnosis.mismatch import Candidate
from grader.diagnosis.network import backward, forward
from reference.spec import Operation

Family = Callable[[Outcome], Sequence[Candidate]]

FAMILIES: Mapping[Operation, Family] = {
    Operation.RELU: relu,
    Operation.SOFTMAX: softmax_candidates,
    Operation.LINEAR: linear,
    Operation.CROSS_ENTROPY: loss,
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: gradient,
    Operation.NETWORK_FORWARD: forward,
    Operation.NETWORK_BACKWARD: backward,
}
"""The dictionary of wrong formulas for each operation. Every list names the same mistakes in the same order."""
