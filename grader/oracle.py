"""The right answers, computed on the trusted side by the assignment's functions over the reference network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.spec import Function

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Oracle:
    """Answers by name; every call gets copies, so that no answer can spoil a probe."""

    answers: Mapping[str, Callable[..., Any]]

    def results(self, function: Function, form: str, arguments: Mapping[str, FloatArray]) -> Mapping[str, FloatArray]:
        """What `form` gives for the arguments of `function`, by the names of the results of `function`."""
        return self.apply(function, form, tuple(arguments[tensor.name] for tensor in function.arguments))

    def apply(self, function: Function, form: str, arguments: tuple[FloatArray, ...]) -> Mapping[str, FloatArray]:
        """What `form` gives for these arguments, by the names of the results of `function`."""
        # Probes overflow on purpose; what the right answer is then, it is without a warning.
        with np.errstate(all="ignore"):
            value = self.answers[form](*(np.array(argument) for argument in arguments))
        values = value if isinstance(value, tuple) else (value,)
        return {
            tensor.name: np.asarray(entry, dtype=np.float64)
            for tensor, entry in zip(function.results, values, strict=True)
        }
