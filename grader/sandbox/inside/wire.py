"""Messages between the supervisor and a student's process. Both sides import this file; their frames are in frames.py.

Inside the sandbox this folder stands alone under the same name (see __main__.py), so it imports nothing of ours but
its neighbours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Kept:
    """An object that stays in the sandbox under a name (an instance of a student's class)."""

    name: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A value that cannot cross: an object array, a generator, an instance. Only its type's name comes out."""

    type_name: str


Scalar = float | int | bool | str | None
Value = NDArray[Any] | Scalar | tuple["Value", ...] | list["Value"] | dict[str, "Value"] | Kept | Foreign


@dataclass(frozen=True, slots=True)
class Call:
    """One thing to do in the sandbox.

    operation: "call" calls target; "read" reads the attribute target; "assign" sets it to arguments[0]; "steps" makes
    the calls of `steps` in turn until one raises. The value is then, for each that tells something, a pair of its value
    and its arguments.
    target: "softmax", "NetClassifier.cost_grad", or "@fc1.forward" for a kept object.
    keep: the result stays inside under this name, and the reply carries Kept(name) instead of the value.
    echo: send the arguments back as they are after the call, so that the supervisor sees a mutated input.
    seed: numpy.random and random are seeded with it before the call.
    names: what the first arguments are called, for a function that takes some of them by name alone.
    quiet: as a step, its value stays inside, and only an echo is told, with None.
    reply_bytes: a reply that claims more bytes of arrays than this ends the session before a byte of data is read.
    wall_seconds: time for this call; None for the session's own limit.
    """

    target: str
    arguments: tuple[Value, ...] = ()
    keywords: Mapping[str, Value] = field(default_factory=dict)
    operation: Literal["call", "read", "assign", "steps"] = "call"
    keep: str | None = None
    echo: bool = False
    seed: int = 0
    quiet: bool = False
    names: tuple[str, ...] = ()
    reply_bytes: int = 1 << 20
    steps: tuple["Call", ...] = ()
    wall_seconds: float | None = None

    @property
    def tells(self) -> bool:
        """Whether anything is told of this step."""
        return self.echo or not self.quiet


@dataclass(frozen=True, slots=True)
class Returned:
    """What a call gave.

    arguments: the arguments as they are after the call, when echo was asked. seconds: wall time, by the supervisor.
    """

    value: Value
    arguments: tuple[Value, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Raised:
    """The student's code raised.

    type_name and message are the student's words: cut, untrusted. line: in the entry file where it happened, 0 unknown.
    trace: "file.py:12 in softmax" lines, innermost last, only frames of the student's files.
    """

    type_name: str
    message: str
    line: int = 0
    trace: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, class or method ("Class.method") of the entry file, with its first and last line.

    parameters: names as written, with their stars ("*args", "**options"); a method's include self, a class has those of
    its __init__ without self; empty if not readable. required: how many positional ones have no default.
    static: under @staticmethod, which is called without its object.
    """

    name: str
    first_line: int
    last_line: int
    parameters: tuple[str, ...] = ()
    required: int = 0
    static: bool = False


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """A definition of the entry file that nothing outside can call, with its first line.

    inside: the function that holds it ("relu", "Net.fit"), a statement that is not run, or a notebook's cell. why: what
    keeps that cell from being parsed; empty for the others.
    """

    name: str
    line: int
    inside: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The file is loaded.

    definitions: every callable it defines. skipped: (first line, last line, what) of statements that were not run.
    stand_ins: modules that are not here and were replaced. out_of_reach: what it defines where none can call it.
    Numbers and texts only: all of it is untrusted.
    """

    definitions: tuple[Definition, ...]
    skipped: tuple[tuple[int, int, str], ...] = ()
    stand_ins: tuple[str, ...] = ()
    seconds: float = 0.0
    out_of_reach: tuple[OutOfReach, ...] = ()


__all__ = ["Call", "Definition", "Foreign", "Kept", "Loaded", "OutOfReach", "Raised", "Returned", "Value", "np"]
