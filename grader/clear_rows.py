"""Many examples for a function whose results are class numbers, none of them so near a tie that rounding decides it.

A wrong prediction differs on some examples only: without a bias on one in ten, of inputs rounded to one digit on one in
fifty. A handful of examples let it pass.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.oracle import Oracle
from grader.probes import Probe
from reference.spec import Function

NUDGE = 1e-4
"""Relative change of every entry under which a class must stay: a hundred times what float32 rounds in a sum of ten."""

NUDGES = 4
"""Times that all is changed at random: one may push two scores apart that are near each other."""


def with_clear_rows(function: Function, form: str, oracle: Oracle, probe: Probe, rng: np.random.Generator) -> Probe:
    """The probe with every example whose class a nudge changes replaced by one whose class stays.

    function: its arrays with N rows are examples, its first result (N,) their classes. A probe of which no class stays
    is given back as it is.
    """
    classes = _classes(function, form, oracle, probe.arguments)
    stays = np.ones(len(classes), dtype=bool)
    for _ in range(NUDGES):
        nudged = {name: _nudged(array, rng) for name, array in probe.arguments.items()}
        stays &= _classes(function, form, oracle, nudged) == classes
    if stays.all() or not stays.any():
        return probe
    rows = np.arange(len(stays))
    rows[~stays] = np.resize(np.flatnonzero(stays), int((~stays).sum()))
    examples = {tensor.name for tensor in function.arguments if tensor.axes[:1] == ("N",)}
    chosen = {name: array[rows] if name in examples else array for name, array in probe.arguments.items()}
    return replace(probe, arguments=chosen)


def _nudged(array: NDArray[Any], rng: np.random.Generator) -> NDArray[Any]:
    if not np.issubdtype(array.dtype, np.floating):
        return array
    return np.asarray(array * (1 + NUDGE * rng.standard_normal(array.shape)))


def _classes(
    function: Function, form: str, oracle: Oracle, arguments: Mapping[str, NDArray[Any]]
) -> NDArray[np.float64]:
    return oracle.results(function, form, arguments)[function.results[0].name].reshape(-1)
