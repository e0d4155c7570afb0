"""Are the units of a hidden layer one and the same? Equal first weights get equal steps and stay equal for good."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.checks.steps.training_set import TrainingSet
from grader.checks.subject import Subject
from grader.checks.trained import Trained, parameters, train
from grader.report import Evidence
from grader.results import FloatArray
from grader.sandbox import Returned
from grader.standing import Parameters
from reference.spec import Function, Training

ROUNDING = 1e-6
"""What equal columns differ by at most after a training, relative to the largest entry: sums are rounded."""


def units_alike(
    spec: Training, subject: Subject, function: Function, one: TrainingSet, trained: Parameters
) -> Mapping[str, Evidence] | None:
    """The first hidden layer whose units are alike after a training that failed, and were before its first step.

    tensor: its weights. units: their number. None where no layer is so, where the first weights are given to the
    function, where no parameter moves, or where a training of no epochs gives none.
    """
    if {tensor.name for tensor in function.results} & set(one.first):
        return None
    alike = _alike(function, trained)
    if not alike:
        return None
    data = one.on(function, one.split.train)
    (reply,) = train(subject, spec.function, data, spec.hyperparameters, (0,), spec.wall_seconds, one.seed)
    first = parameters(function, reply, one.sizes) if isinstance(reply, Returned) else None
    if not isinstance(first, Trained) or all(np.array_equal(trained[n], v) for n, v in first.parameters.items()):
        return None  # nothing is trained at all
    both = [name for name in alike if name in _alike(function, first.parameters)]
    return {"tensor": both[0], "units": int(trained[both[0]].shape[1])} if both else None


def _alike(function: Function, values: Parameters) -> Sequence[str]:
    """The weights of each hidden layer, (inputs, units), whose columns are all equal, and its biases too."""
    names = [tensor.name for tensor in function.results]
    matrices = [name for name in names if values[name].ndim > 1 and len(values[name]) > 1]
    biases = {name: values[names[names.index(name) + 1]] for name in matrices[:-1]}
    return [
        name
        for name, bias in biases.items()
        if _equal_columns(values[name]) and (bias.size != values[name].shape[1] or _equal_columns(bias.reshape(1, -1)))
    ]


def _equal_columns(array: FloatArray) -> bool:
    """Whether there are several columns, all equal up to rounding."""
    peak = float(np.max(np.abs(array), initial=0.0))
    return array.shape[1] > 1 and float(np.max(np.ptp(array, axis=1))) <= ROUNDING * peak
