"""Carries out calls on a loaded submission and gives exactly one reply to each."""

import random
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from grader.sandbox.inside import complexes, solver
from grader.sandbox.inside.encoding import Answers, TooLarge
from grader.sandbox.inside.faults import OUT_OF_MEMORY, raised
from grader.sandbox.inside.frames import Frame
from grader.sandbox.inside.messages import encode_returned, reply_frame
from grader.sandbox.inside.parameters import as_taken
from grader.sandbox.inside.wire import Call, Foreign, Kept
from grader.sandbox.inside.workbench import Parsed, Workbench

SOLVER = "~solver"
"""The first word of a target in solver.py; no name of a student's is spelled like it."""

COMPLEXES = "~complexes"
"""The same in complexes.py."""

CHANGES = "~changes"
"""The same for a method of the submission's Workbench."""


class SpoiltRunner(Exception):
    """A student's code has taken away what every question needs: the process ends, and no error of a call is told."""


class Runner:
    """The entry file's names, and the objects kept between calls."""

    def __init__(
        self, namespace: dict[str, Any], files: Collection[str], entry: str, parsed: Sequence[Parsed] = ()
    ) -> None:
        self._namespace = namespace
        self._files = files
        self._entry = entry
        self._workbench = Workbench(parsed)
        self._kept: dict[str, Any] = {}
        self._out_of_memory = reply_frame(OUT_OF_MEMORY)
        self._operations: Mapping[str, Callable[[Call, tuple[Any, ...]], Any]] = {
            "call": self._call,
            "read": self._read,
            "assign": self._assign,
        }

    def perform(self, call: Call) -> Frame:
        """The reply of a call: what it returned, or what it raised."""
        try:
            if call.operation == "steps":
                return self._in_turn(call)
            value, arguments = self._one(call)
            return encode_returned(value, arguments)  # looked up after the call, which may have spoilt it for itself
        except SpoiltRunner:
            raise
        except MemoryError:
            return self._out_of_memory
        except BaseException as error:  # SystemExit of a student's function is its error, not our end
            return reply_frame(raised(error, self._files, self._entry))
        finally:
            flush()

    def _in_turn(self, call: Call) -> Frame:
        """One reply to all steps; where they are too much together, it says so of each."""
        answers = Answers(call.reply_bytes)
        try:
            for step in call.steps:
                value, arguments = self._one(step)
                if step.tells:
                    answers.add(None if step.quiet else value, arguments)
        except TooLarge:
            answers = Answers(call.reply_bytes)
            for _ in filter(lambda step: step.tells, call.steps):
                answers.add(Foreign("steps with too many entries together"))
        return answers.frame("returned")

    def _one(self, call: Call) -> tuple[Any, tuple[Any, ...]]:
        """What one call gave, and its arguments after it where they are asked for. Raises what it raises."""
        if call.operation == "call" and not call.target.startswith("numpy."):
            try:
                seed(call.seed)
            except BaseException as error:
                raise SpoiltRunner from error
        arguments = tuple(self._own(value) for value in call.arguments)
        value = self._operations[call.operation](call, arguments)
        if call.keep is not None:
            self._kept[call.keep] = value
            value = Kept(call.keep)
        return value, _echoed(call, arguments) if call.echo else ()

    def _call(self, call: Call, arguments: tuple[Any, ...]) -> Any:
        keywords = {name: self._own(value) for name, value in call.keywords.items()}
        found = self._find(call.target.split("."))
        placed, named = as_taken(found, call.names, arguments, keywords)
        return found(*placed, **named)

    def _read(self, call: Call, _arguments: tuple[Any, ...]) -> Any:
        return self._find(call.target.split("."))

    def _assign(self, call: Call, arguments: tuple[Any, ...]) -> None:
        *path, last = call.target.split(".")
        if path:
            setattr(self._find(path), last, arguments[0])
        else:
            self._namespace[last] = arguments[0]

    def _find(self, path: list[str]) -> Any:
        first, *rest = path
        if first.startswith("@"):
            found = self._kept[first[1:]]
        elif first == SOLVER:
            found = solver
        elif first == COMPLEXES:
            found = complexes
        elif first == CHANGES:
            found = self._workbench
        elif first in self._namespace:
            found = self._namespace[first]
        elif first == "numpy":  # a generator for a student's function that takes one
            found = np
        else:
            raise NameError(f"name '{first}' is not defined")
        for name in rest:
            found = getattr(found, name)
        return found

    def _own(self, value: Any) -> Any:
        """Kept names replaced by the objects themselves, wherever they stand."""
        if isinstance(value, Kept):
            return self._kept[value.name]
        if isinstance(value, (tuple, list)):
            return type(value)(self._own(item) for item in value)
        if isinstance(value, dict):
            return {name: self._own(item) for name, item in value.items()}
        return value


def _echoed(call: Call, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments as they are now; kept objects stay where they are."""
    return tuple(
        given if isinstance(given, Kept) else now for given, now in zip(call.arguments, arguments, strict=True)
    )


def seed(number: int) -> None:
    """Seed both global generators."""
    random.seed(number)
    np.random.seed(number % (1 << 32))


def flush() -> None:
    """Prints leave before the reply does; a student's own stdout may do as it likes."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # noqa: S112  whatever they put there, the reply goes out
            continue
