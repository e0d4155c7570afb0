"""Names that another version of NumPy or Python has: a file that is right where it was written is right here too.

NumPy 2 took names away that course files of many years use, and later Pythons add some. Each means exactly one thing.
"""

import itertools
import math
import typing
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


def _as_float(a: Any, dtype: Any = np.float64) -> NDArray[Any]:
    return np.asarray(a, dtype if np.issubdtype(np.dtype(dtype), np.inexact) else np.float64)


def _sorted_first(a: Any) -> NDArray[Any]:
    return np.sort(a, axis=0)


def _batched(iterable: Iterable[Any], n: int) -> Iterator[tuple[Any, ...]]:
    """Of Python 3.12."""
    if n < 1:
        raise ValueError("n must be at least one")
    left = iter(iterable)
    while batch := tuple(itertools.islice(left, n)):
        yield batch


def _sum_of_products(p: Iterable[Any], q: Iterable[Any], /) -> Any:
    """Of Python 3.12."""
    return sum(a * b for a, b in zip(p, q, strict=True))


def _overriding(method: Any, /) -> Any:
    """Of Python 3.12."""
    return method


NUMPY: dict[str, Any] = {
    **dict.fromkeys(("Inf", "Infinity", "infty", "PINF"), np.inf),
    **{"NINF": -np.inf, "NaN": np.nan, "NAN": np.nan, "PZERO": 0.0, "NZERO": -0.0},
    **{"float": float, "int": int, "object": object, "str": str, "complex": complex, "long": int},
    **{"float_": np.float64, "complex_": np.complex128, "longfloat": np.longdouble, "singlecomplex": np.complex64},
    **{"unicode_": np.str_, "string_": np.bytes_, "bool8": np.bool_, "int0": np.intp, "uint0": np.uintp},
    **{"product": np.prod, "cumproduct": np.cumprod, "alltrue": np.all, "sometrue": np.any, "round_": np.round},
    **{"row_stack": np.vstack, "in1d": np.isin, "trapz": np.trapezoid, "asfarray": _as_float, "msort": _sorted_first},
}
PYTHON: tuple[tuple[Any, dict[str, Any]], ...] = (
    (itertools, {"batched": _batched}),
    (math, {"sumprod": _sum_of_products}),
    (typing, {"override": _overriding}),
)


def add() -> None:
    """Give the modules what they lack; what is there already stays as it is."""
    for module, names in ((np, NUMPY), *PYTHON):
        for name, value in names.items():
            if name not in vars(module):
                setattr(module, name, value)
