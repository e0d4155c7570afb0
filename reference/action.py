"""What is done in the sandbox to get a function's results where one call of one function is not enough: a class."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Do = Literal["make", "set", "call", "get"]


@dataclass(frozen=True, slots=True)
class Group:
    """An argument that is a dict: its name, and for each key the name of a tensor."""

    name: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """An argument that is a list of kept objects: the layers of a model."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """An argument that is always the same. name: of the parameter that takes it; empty where its place says it."""

    value: float | str | tuple[tuple[int, int], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One step; kept objects are named with an @ ("@net.fit"), and live as long as the steps of one call.

    target: a name of the student's file, "@net.fit", "numpy.random.default_rng", or "~solver.solve": the loop that the
    service supplies (grader.sandbox.inside.solver).
    do: "make" keeps what the class `target` gives under the name `keep`; "set" assigns the argument to `target`; "call"
    calls it; "get" reads it.
    arguments: names of the function's arguments in order, groups of them, kept objects ("@net"), lists of
    these, constants.
    result: the name of the result it gives; "*": all of them; "": none. With `keep` its value stays inside.
    further: whether hyperparameters follow the arguments.
    step_of: an argument that has been changed in place, for a "get" of it: the result is (before - after) / `rate`, the
    gradient that was followed.
    """

    do: Do
    target: str
    arguments: tuple[str | Group | Listed | Constant, ...] = ()
    result: str = ""
    keep: str = ""
    further: bool = False
    step_of: str = ""
    rate: str = ""
