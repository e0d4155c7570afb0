"""What an object gives that adds up over its calls, or stays with the first: each recipe has been called before."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Step, formula
from reference.earlier_call import MORE

Earlier = Callable[[], Any]
"""What the call before gave, made when it is asked for."""


def calls(method: str = "") -> Step:
    """How the result of this call goes together with that of the call before. method: which of a class, if several."""
    every, first = (
        (f"all calls of {method}", f"the first call of {method}") if method else ("all calls", "the first call")
    )
    return Step(
        "calls",
        "the result of this call alone",
        lambda now, before: now,
        (
            formula(f"the sum over {every}", lambda now, before: before() + now),
            formula(f"the mean over {every}", lambda now, before: (before() + now) / 2),
            formula(f"what {first} gave", lambda now, before: before()),
        ),
    )


def more_examples(values: FloatArray) -> FloatArray:
    """The arrays of the call before: the last example again, MORE times (reference.earlier_call)."""
    return np.pad(values, ((0, MORE), *((0, 0) for _ in values.shape[1:])), mode="edge")


def before(outcome: Outcome, changes: Mapping[str, Callable[[FloatArray], FloatArray]]) -> Outcome:
    """The outcome with the arguments of the call before. changes: how its numbers are made, by argument."""
    arguments = dict(outcome.probe.arguments)
    arguments |= {name: more_examples(change(np.asarray(arguments[name]))) for name, change in changes.items()}
    return replace(outcome, probe=replace(outcome.probe, arguments=arguments))
