"""Whether a mutant behaves otherwise than the solution, decided without the checks: both run on inputs of our own.

The inputs have other sizes than the probes of a grading and are drawn as the handout says. Where a derivative jumps and
where entries are tied nothing is drawn: there the checks accept every right answer. A shape that the checks read as
the one asked for is no change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.trained import arguments, first_parameters
from grader.checks.training.history import reading
from grader.comparison import fitted
from grader.naming import bind
from grader.oracle import given
from grader.probes import CASES, Setting, class_numbers, lengths, set_up
from grader.results import Tensors, read
from grader.sandbox import Loaded, Reply, Returned, Sandbox, Session
from grader.student import Student
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder
from reference.data import Dataset
from reference.spec import Action, Check, Function, History, Operation, Stability, Training, UpdateRule

TOLERANCE = 1e-9
"""Relative to the largest entry: far above rounding in another order, far below every slip."""

SETTINGS = (
    Setting("audit", 1.0, lengths(N=6, D=4, H=9, C=5, L=12, W=4), strength=0.2),
    Setting("audit", 3.0, lengths(N=3, D=8, H=5, C=11, L=9, W=3), strength=1.3, upstream=4.0),
    Setting("audit", 1.0, lengths(N=1, D=5, H=3, C=4, L=6, W=2), strength=0.0),
    Setting("audit", 0.3, lengths(N=17, D=3, H=8, C=6, L=15, W=6, G=4), strength=0.6),
)
"""No sizes of a grading's probes."""

TRAINED_ROWS, TRAINED_SIZES = 67, {"D": 6, "C": 4}
"""More rows than a mini-batch of any shipped assignment but one, and no whole number of mini-batches."""

TRAINED_EPOCHS = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask a function: the arguments of each call, further arguments, the steps if not the function's own."""

    function: Function
    rows: tuple[tuple[NDArray[Any], ...], ...]
    more: Mapping[str, float | int] = field(default_factory=dict)
    recipe: tuple[Action, ...] = ()


@dataclass(slots=True)
class Behaviour:
    """What the solution's functions give, which is asked once, and whether another file's give the same."""

    folder: AssignmentFolder
    sandbox: Sandbox
    _right: dict[int, list[Reply]] = field(default_factory=dict)
    _ways: tuple[Way, ...] = ()

    def changed(self, source: str, names: frozenset[str]) -> bool:
        """Whether any of the functions called so differs in what it returns, raises or does to its arguments."""
        self._ways = self._ways or tuple(ways(self.folder))
        asked = [index for index, way in enumerate(self._ways) if way.function.name in names]
        if unknown := [index for index in asked if index not in self._right]:
            self._right |= dict(zip(unknown, self._replies(self.folder.solution, unknown), strict=True))
        found = self._replies(source, asked)
        return any(
            _differs(self._ways[index], self._right[index], replies)
            for index, replies in zip(asked, found, strict=True)
        )

    def _replies(self, source: str, asked: Sequence[int]) -> list[list[Reply]]:
        upload = Upload((SourceFile("student.py", source),))
        with self.sandbox.open(upload, self.folder.assignment.limits) as session:
            return [self._asked(session, self._ways[index]) for index in asked]

    def _asked(self, session: Session, way: Way) -> list[Reply]:
        if not isinstance(session.loaded, Loaded):
            return []
        bindings = bind(self.folder.assignment.functions, session.loaded.definitions)
        if way.function.name not in bindings:
            return []
        student = Student(session, bindings)
        return student.call(way.function.name, way.rows, more=way.more, echo=True, recipe=way.recipe)


def ways(folder: AssignmentFolder) -> Iterator[Way]:
    """Every function of the assignment, asked as its checks ask it."""
    checks = [check for part in folder.assignment.parts for check in part.checks]
    for function in folder.assignment.functions:
        rng = np.random.default_rng(len(function.name))
        own = [check for check in checks if check.function == function.name]
        if function.operation is Operation.TRAIN:
            yield from _trainings(function, own, rng)
            continue
        probes = [set_up(function, setting, rng) for setting in SETTINGS]
        probes += [CASES[case](function, rng) for check in own if isinstance(check, Stability) for case in check.cases]
        rows = []
        for probe in probes:
            drawn = [given(array) for array in probe.arguments.values()]
            made = {name: np.asarray(folder.answers[form](*drawn)) for name, form in function.settled.items()}
            rows.append(tuple({**probe.arguments, **made}.values()))
        yield Way(function, tuple(rows))


def _trainings(function: Function, checks: Sequence[Check], rng: np.random.Generator) -> Iterator[Way]:
    """Short trainings with each set of hyperparameters that a check has."""
    for check in checks:
        if not isinstance(check, UpdateRule | Training | History):
            continue
        left_out = check.unpassed if isinstance(check, UpdateRule) else frozenset()
        more: dict[str, float | int] = {k: v for k, v in check.hyperparameters.items() if k not in left_out}
        more["epochs"] = TRAINED_EPOCHS
        if not function.recipe:
            more["seed"] = 3
        hidden = int(getattr(check, "hidden", None) or check.hyperparameters.get("hidden", 0))
        train, valid = (_examples(rows, rng) for rows in (TRAINED_ROWS, 11))
        first = first_parameters(function, {**TRAINED_SIZES, "H": hidden, "G": hidden}, rng, seed=3)
        row = tuple(arguments(function, train, valid, first))
        if isinstance(check, History):
            yield from (Way(function, (row,), more, reading(function, name)) for name in check.attributes)
        else:
            yield Way(function, (row,), more)


def _examples(rows: int, rng: np.random.Generator) -> Dataset:
    classes = TRAINED_SIZES["C"]
    return Dataset(rng.standard_normal((rows, TRAINED_SIZES["D"])), class_numbers(rows, classes, rng), classes)


def _differs(way: Way, before: Sequence[Reply], after: Sequence[Reply]) -> bool:
    """Only where the solution itself answers."""
    if not after:
        return bool(before)
    return any(
        not (isinstance(new, Returned) and _same(way, old, new))
        for old, new in zip(before, after, strict=True)
        if isinstance(old, Returned)
    )


def _same(way: Way, before: Returned, after: Returned) -> bool:
    if len(before.arguments) != len(after.arguments):
        return False
    if not all(map(_equal, map(np.asarray, before.arguments), map(np.asarray, after.arguments))):
        return False
    if way.recipe:  # what is read there is no result of the function
        return _all_close(_flat(before.value), _flat(after.value))
    right, other = read(way.function, before.value), read(way.function, after.value)
    if not isinstance(right, Tensors):
        return True
    if not isinstance(other, Tensors):
        return False
    for tensor in way.function.results:
        wanted = right.values[tensor.name]
        found = fitted(other.values[tensor.name], tensor, wanted.shape)
        if found is None or not _close(wanted, found):
            return False
    return True


def _equal(one: NDArray[Any], other: NDArray[Any]) -> bool:
    if one.dtype != object and other.dtype != object and one.shape == other.shape:
        return bool(np.all((one == other) | ((one != one) & (other != other))))
    return repr(one) == repr(other)


def _flat(value: object) -> dict[str, NDArray[Any]]:
    if isinstance(value, dict):
        return {str(key): np.asarray(entry, dtype=np.float64) for key, entry in value.items()}
    return {"": np.asarray(value, dtype=np.float64)}


def _all_close(one: Mapping[str, NDArray[Any]], other: Mapping[str, NDArray[Any]]) -> bool:
    return one.keys() == other.keys() and all(
        one[key].shape == other[key].shape and _close(one[key], other[key]) for key in one
    )


def _close(one: NDArray[Any], other: NDArray[Any]) -> bool:
    finite = np.isfinite(one)
    largest = float(np.max(np.abs(one[finite]), initial=0.0))
    return bool(np.all((np.abs(one - other) <= TOLERANCE * largest) | ~finite))
