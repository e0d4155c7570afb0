"""Where trained parameters stand: what the reference's forward pass makes of them on a split."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from grader.oracle import Oracle
from grader.report import EpochPoint
from grader.results import FloatArray
from reference.data import Dataset, Split
from reference.losses import average_cross_entropy
from reference.spec import Assignment, Operation, Training
from reference.training import accuracy

Parameters = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Judge:
    """Counts what parameters get right, for one training check."""

    spec: Training
    assignment: Assignment
    oracle: Oracle

    def accuracy(self, trained: Parameters, data: Dataset) -> float:
        """The share of examples whose most probable class is theirs."""
        return accuracy(self.probabilities(trained, data), data.labels)

    def point(self, epoch: int, trained: Parameters, split: Split) -> EpochPoint:
        """A point of the learning curve, with the validation set's figures beside those of the other two."""
        with np.errstate(divide="ignore"):  # a probability of exactly 0 is an infinite loss, and is shown as one
            (train_loss, train), (valid_loss, valid), (test_loss, test) = (
                self._figures(trained, part) for part in (split.train, split.valid, split.test)
            )
        return EpochPoint(epoch, train_loss, train, test_loss, test, valid_loss, valid)

    def _figures(self, trained: Parameters, data: Dataset) -> tuple[float, float]:
        p = self.probabilities(trained, data)
        return float(self._loss(p, data.targets)), accuracy(p, data.labels)

    @property
    def _loss(self) -> Callable[[FloatArray, FloatArray], float]:
        return average_cross_entropy if self.spec.loss is None else self.oracle.answers[self.spec.loss]

    def probabilities(self, trained: Parameters, data: Dataset) -> FloatArray:
        """The reference's forward pass with these parameters: (N, C)."""
        if self.spec.probabilities is not None:
            names = [tensor.name for tensor in self.assignment.function(self.spec.function).results]
            form = self.spec.probabilities
            return self.oracle.computed(form, ["p"], (data.inputs, *(trained[name] for name in names)))["p"]
        forward = next(f for f in self.assignment.functions if f.operation is Operation.NETWORK_FORWARD)
        names = [tensor.name for tensor in forward.arguments]
        values = (data.inputs, *(trained[name] for name in names[1:]))
        return self.oracle.apply(forward, forward.answer, values)[forward.results[-1].name]
