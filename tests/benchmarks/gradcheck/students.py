"""A student's file as every checker is given it: as a Subject for ours, as a Problem for the peers.

Ours and the peers see the same functions, the same point and the same loss, composed of the student's own functions
as the assignment says. Fair to peers beyond what they do by themselves: a result of a wrong shape, or code that
raises, counts as caught. Unfair to them: arguments are copies, which hides a changed input from most; each is asked
at one point, with no second batch size, and about consistency only, because that is what it checks.
"""

from collections.abc import Sequence
from dataclasses import replace

from grader.checks.subject import Subject
from grader.comparison import fitted
from grader.layout import layout
from grader.probes import Probe, shape_of
from grader.results import Tensors, read
from grader.sandbox import Returned
from reference.catalog import AssignmentFolder
from reference.spec import Gradient
from tests.benchmarks.gradcheck.ours import calls, subject_of
from tests.benchmarks.gradcheck.problem import FloatArray, Problem, Unusable
from tests.fakes.in_process import InProcessSession

SINGLE = """


import numpy as _float_numpy


def _single(function):
    def cast(*values, **more):
        single = (_float_numpy.float32(value) if isinstance(value, _float_numpy.ndarray) else value for value in values)
        return function(*single, **more)

    return cast


globals().update({name: _single(globals()[name]) for name in NAMES if name in globals()})
"""
"""Appended to a file: from here on its functions are given float32 arrays."""


def in_single_precision(source: str, names: Sequence[str]) -> str:
    """The file with its functions of these names given float32 arrays, also where they call each other."""
    return source + SINGLE.replace("NAMES", repr(tuple(names)))


def subject(assignment: AssignmentFolder, source: str, seed: str, *, single: bool = False) -> Subject:
    """A subject over the file, run in this process, with rows or columns as the grader finds them."""
    functions = assignment.assignment.functions
    spellings = {name for f in functions for name in (f.name, *(alias.name for alias in f.aliases))}
    text = in_single_precision(source, sorted(spellings)) if single else source
    found = subject_of(assignment, InProcessSession(text, {}), seed)
    return replace(found, student=replace(found.student, layout=layout(found)))


class Student:
    """The student's own loss and gradient at one probe."""

    def __init__(self, subject: Subject, spec: Gradient, probe: Probe) -> None:
        self._subject, self._spec, self._probe = subject, spec, probe
        self._function = subject.assignment.function(spec.function)
        self._names = [spec.wrt[tensor.name] for tensor in self._function.results]
        self._calls = 0

    def problem(self, seed: int, *, single: bool) -> Problem:
        """What peers are given."""
        point = tuple(self._probe.arguments[name] for name in self._names)
        return Problem(point, self.loss, self.gradient, single, seed)

    def loss(self, values: Sequence[FloatArray]) -> float:
        """The steps of the assignment's loss, each by the student's own function."""
        known = self._known(values)
        for step in calls(self._spec):
            results = self._call(step.function, [known[name] for name in step.arguments])
            known |= dict(zip(step.results, results.values.values(), strict=True))
        if known["loss"].size != 1:
            raise Unusable("the loss is not one number")
        return float(known["loss"].item())

    def gradient(self, values: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
        """The results of the function that is examined, in the shapes asked for."""
        known = self._known(values)
        results = self._call(self._function.name, [known[tensor.name] for tensor in self._function.arguments])
        found = []
        for tensor in self._function.results:
            array = fitted(results.values[tensor.name], tensor, shape_of(tensor, self._probe.sizes))
            if array is None:
                raise Unusable(f"{tensor.name} has another shape")
            found.append(array)
        return tuple(found)

    def _known(self, values: Sequence[FloatArray]) -> dict[str, FloatArray]:
        return {**self._probe.arguments, **dict(zip(self._names, values, strict=True))}

    def _call(self, name: str, arguments: Sequence[FloatArray]) -> Tensors:
        self._calls += 1  # another seed each time, as in a process where nobody sets one
        (reply,) = self._subject.student.call(name, [arguments], seeds=[self._calls])
        if not isinstance(reply, Returned):
            raise Unusable(f"{name} gave {reply}")
        results = read(self._subject.assignment.function(name), reply.value)
        if not isinstance(results, Tensors):
            raise Unusable(f"{name} gave {results.code}")
        return results
