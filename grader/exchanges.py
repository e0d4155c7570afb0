"""Probes with other data: what does not change with them was made of the parameters alone, or of nothing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.probes import Probe, Setting, values
from reference.spec import Draw, Function

DATA = frozenset({Draw.NORMAL, Draw.LOGITS, Draw.ONE_HOT, Draw.LABELS, Draw.PROBABILITIES, Draw.UPSTREAM})
"""How examples are drawn, and what comes from upstream; the other arguments are parameters and numbers."""


def drawn_anew(function: Function, probe: Probe, rng: np.random.Generator) -> Mapping[str, NDArray[Any]]:
    """Other data of the same sizes, by the names of the arguments."""
    setting = Setting(probe.name, probe.scale, probe.sizes)
    return {tensor.name: values(tensor, setting, rng) for tensor in function.arguments if tensor.draw in DATA}


def with_other_data(function: Function, probe: Probe, rng: np.random.Generator) -> Probe:
    """The probe with the same parameters and all data drawn anew."""
    return replace(probe, arguments={**probe.arguments, **drawn_anew(function, probe, rng)})
