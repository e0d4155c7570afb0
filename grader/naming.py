"""Finds the functions an assignment asks for among the names a file defines: exact, declared alias, another case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from grader.sandbox.inside.wire import Definition
from reference.spec import Function

SHORTEST_LIKENESS = 4
"""A name inside another suggests it from this length on: every other name holds an M."""

CLOSE = 0.8
"""The share of characters in which a slip of the pen leaves two names alike; average and maximum have less."""

LONGEST_NAME = 60
"""Letters of a name that are compared for likeness: nothing that is asked for has half as many."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A function of the assignment and where the student's file has it.

    forms: names of the right functions under this spelling, the asked one first. order: for each of the student's
    parameters the number of the argument it takes, where that is not the order asked for.
    """

    function: Function
    definition: Definition
    forms: tuple[str, ...]
    order: tuple[int, ...] = ()

    @property
    def spelling(self) -> str:
        """The student's own name for it."""
        return self.definition.name

    @property
    def lines(self) -> tuple[int, ...]:
        """First and last line of the definition; empty where it stands in another file than the entry file."""
        first, last = self.definition.first_line, self.definition.last_line
        return (first, last) if first else ()


def bind(functions: Sequence[Function], definitions: Sequence[Definition]) -> Mapping[str, Binding]:
    """For each function that is there, by its own name: the exact spelling first, then aliases, then another case.

    A name that is the exact spelling of another function is never taken. Of two equal spellings the later definition
    counts, as in Python.
    """
    defined = {definition.name: definition for definition in definitions}
    exact = {function.definition for function in functions}
    found = {}
    for function in functions:
        spellings: dict[str, tuple[str, ...]] = {function.definition: (function.answer,)}
        spellings |= {alias.name: alias.forms or (function.answer,) for alias in function.aliases}
        binding = _exact(function, spellings, defined) or _other_case(function, spellings, defined, exact)
        if binding is not None:
            found[function.name] = _ordered(_by_parameter(binding))
    return found


def nearest(name: str, definitions: Sequence[Definition]) -> str | None:
    """The defined name most like `name`, for "did you mean"; None where nothing is alike. Of equals, the first.

    A method is looked for by its own name: it may stand in another class, or in none.
    """
    alike = {other: _likeness(name, other) for other in dict.fromkeys(definition.name for definition in definitions)}
    best = max(alike, key=lambda other: alike[other], default="")
    return best if best and alike[best] else None


def _likeness(asked: str, other: str) -> float:
    """From 0, where two names are not alike, to 1; one inside the other is, and so is one with a slip in it."""
    one, two = (_plain(name.rpartition(".")[2]) for name in (asked, other))
    shorter, longer = sorted((one, two), key=len)
    within = len(shorter) >= SHORTEST_LIKENESS and shorter in longer
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if not within and (matcher.real_quick_ratio() < CLOSE or matcher.quick_ratio() < CLOSE):
        return 0.0  # neither is ever below the ratio itself, which takes a hundred times as long
    ratio = matcher.ratio()
    return ratio if within or ratio >= CLOSE else 0.0


def _by_parameter(binding: Binding) -> Binding:
    """The binding with the forms that its parameters say, where it has the function's own name."""
    if binding.spelling != binding.function.definition:
        return binding
    taken = {parameter.lower() for parameter in binding.definition.parameters}
    said = (reading for reading in binding.function.readings if reading.parameters & taken)
    return next((replace(binding, forms=reading.forms) for reading in said), binding)


def _ordered(binding: Binding) -> Binding:
    """The binding with the order of the student's parameters, where an alias lets their names tell it."""
    words = next((a.words for a in binding.function.aliases if a.name.lower() == binding.spelling.lower()), ())
    taken = [parameter.lower() for parameter in binding.definition.parameters[: len(words)]]
    order = tuple(
        next((number for number, begins in enumerate(words) if name.startswith(begins)), -1) for name in taken
    )
    named = sorted(order) == list(range(len(words)))
    return replace(binding, order=order) if named and order != tuple(sorted(order)) else binding


def _exact(
    function: Function, spellings: Mapping[str, tuple[str, ...]], defined: Mapping[str, Definition]
) -> Binding | None:
    for spelling, forms in spellings.items():
        if spelling in defined:
            return Binding(function, defined[spelling], forms)
    return None


def _other_case(
    function: Function, spellings: Mapping[str, tuple[str, ...]], defined: Mapping[str, Definition], taken: set[str]
) -> Binding | None:
    for spelling, forms in spellings.items():
        for name, definition in defined.items():
            if name not in taken and name.lower() == spelling.lower():
                return Binding(function, definition, forms)
    return None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()[:LONGEST_NAME]
