"""The right answers, computed on the trusted side by the assignment's functions over the reference network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.spec import Function

FloatArray = NDArray[np.float64]


def given(argument: NDArray[Any]) -> Any:
    """An argument as a function takes it: a copy of the array, or a plain number for an array without axes."""
    return np.array(argument) if argument.ndim else argument.item()


@dataclass(frozen=True, slots=True)
class Oracle:
    """Answers by name; every call gets copies, so that no answer can spoil a probe."""

    answers: Mapping[str, Callable[..., Any]]

    def results(self, function: Function, form: str, arguments: Mapping[str, NDArray[Any]]) -> Mapping[str, FloatArray]:
        """What `form` gives for the arguments of `function`, by the names of the results of `function`."""
        return self.apply(function, form, tuple(arguments[tensor.name] for tensor in function.arguments))

    def apply(self, function: Function, form: str, arguments: tuple[NDArray[Any], ...]) -> Mapping[str, FloatArray]:
        """What `form` gives for these arguments, by the names of the results of `function`."""
        # Probes overflow on purpose; what the right answer is then, it is without a warning.
        with np.errstate(all="ignore"):
            value = self.answers[form](*map(given, arguments))
        values = value if isinstance(value, tuple) else (value,)
        return {
            tensor.name: np.asarray(entry, dtype=np.float64)
            for tensor, entry in zip(function.results, values, strict=True)
        }

    def signs(self, form: str, arguments: tuple[NDArray[Any], ...]) -> FloatArray:
        """The signs of what `form` gives for these arguments."""
        return np.asarray(np.sign(self.answers[form](*map(given, arguments))))

    def computed(self, form: str, names: Sequence[str], arguments: Sequence[NDArray[Any]]) -> dict[str, FloatArray]:
        """What `form` gives, by these names."""
        with np.errstate(all="ignore"):
            value = self.answers[form](*map(given, arguments))
        values = value if isinstance(value, tuple) else (value,)
        return {name: np.asarray(entry, dtype=np.float64) for name, entry in zip(names, values, strict=True)}
