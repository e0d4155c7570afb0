"""Is a result the caller's to keep? One array for all calls is another one after the next: p = f(x); q = f(y)."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from grader.checks.subject import Subject
from grader.probes import Probe
from grader.results import Tensors, read
from grader.sandbox import Returned
from reference.spec import Action, Function, Operation, Tensor

PLACES = re.compile(
    r"""^(?:
        class\b | @ | [A-Za-z_][\w.]*[ \t]*(?::[^=\n]*+)?=[ \t]*+(?:[\[{]|[\w.]++\()  # a name of its own, a class
      | [ \t]*+(?:async[ \t]++)?def\b[^\n]*?=[ \t]*+(?:[\[{]|[\w.]++\()  # a default
      | [ \t]++(?:global|nonlocal)\b | [ \t]++[A-Za-z_]\w*+\.\w++[ \t]*+=(?!=)  # another's name
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""Where an array could be kept from one call to the next, as lines begin."""

CHARACTERS = 100_000
"""Of a file that are looked at; a longer one has a place for certain."""

AGAIN = "again_"
"""Before the names of what the second call takes."""

MOMENTS = ("before", "after")


def has_place(texts: Sequence[str]) -> bool:
    """Whether a submission of these texts could keep an array between calls; nearly all of functions alone could not.

    Asking costs a message for each function, so it is asked only where something would come of it.
    """
    return len(texts) > 1 or any(len(text) > CHARACTERS or PLACES.search(text) for text in texts)


def shared_result(subject: Subject, function: Function, probe: Probe, other: Probe) -> str | None:
    """The first result of a plain function that changes when it is called with other numbers of the same sizes.

    What a class keeps for its next step is its own affair, a training returns once, and a number is nobody's array.
    """
    numbers = not any(tensor.axes for tensor in function.results)
    if not subject.keeps or function.recipe or numbers or function.operation is Operation.TRAIN:
        return None
    binding = subject.student.bindings[function.name]
    again = tuple(replace(tensor, name=f"{AGAIN}{tensor.name}") for tensor in function.arguments)
    both = replace(
        function,
        arguments=(*function.arguments, *again),
        results=tuple(Tensor(moment, ()) for moment in MOMENTS),
    )

    def call(tensors: Sequence[Tensor], keep: str = "") -> Action:
        order = binding.order or range(len(tensors))
        return Action("call", binding.spelling, tuple(tensors[number].name for number in order), keep=keep)

    before, after = (Action("get", "@kept", result=moment) for moment in MOMENTS)
    recipe = (call(function.arguments, "kept"), before, call(again), after)
    bindings = {**subject.student.bindings, function.name: replace(binding, function=both)}
    row: list[NDArray[np.float64]] = [*probe.arguments.values(), *other.arguments.values()]
    (reply,) = replace(subject.student, bindings=bindings).call(function.name, [row], seeds=(1,), recipe=recipe)
    if not isinstance(reply, Returned) or not isinstance(reply.value, tuple):
        return None
    kept, later = (read(function, value) for value in reply.value)
    if not isinstance(kept, Tensors) or not isinstance(later, Tensors):
        return None
    pairs = ((name, values, later.values[name]) for name, values in kept.values.items())
    return next((name for name, one, two in pairs if not np.array_equal(one, two, equal_nan=True)), None)
