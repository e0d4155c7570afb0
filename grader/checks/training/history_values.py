"""Is what a training records what the student's own functions give for the parameters of that epoch?

Each epoch is one step on all examples: whether a value is taken before or after the step, on the whole set or as an
average over its batches, with the regularisation or without, it is one of few numbers, and all of them are accepted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.subject import Subject
from grader.checks.training.own_values import own_values, spread_of_own
from grader.report import Diagnosis, Evidence
from grader.results import FloatArray
from grader.standing import Parameters
from reference.data import Dataset
from reference.spec import Draw, Function, History

ROUNDED = 6e-3
"""A record may be rounded to two decimals, or be of float32; other sets and other numbers are farther away."""

NEAR_OWN = 0.1
"""Share of their spread within which a record is one of the student's own values; a constant is near few of them."""

PERCENT = 100.0

SETS: Mapping[str, str] = {"train": "the training set", "valid": "the validation set"}


@dataclass(frozen=True, slots=True)
class Trainings:
    """Two trainings, one an epoch longer than the other: what it recorded, and the parameters they gave.

    data: the two sets by their names. first: parameters before the first epoch.
    """

    spec: History
    subject: Subject
    data: Mapping[str, Dataset]
    first: Parameters
    reached: Sequence[Parameters]
    hyperparameters: Mapping[str, float | int]

    def wrong(self, recorded: Mapping[str, FloatArray]) -> Diagnosis | None:
        """The first key whose last entry is no number that its parameters give; NaN never is."""
        found = [self._unlike(key, *how, recorded[key].ravel()) for key, how in self._looked_at.items()]
        return next((wrong for wrong in found if wrong is not None), None)

    @property
    def _looked_at(self) -> Mapping[str, tuple[str, str]]:
        return {**self.spec.losses, **self.spec.scores}

    def _unlike(self, key: str, function: str, of: str, entries: FloatArray) -> Diagnosis | None:
        last = float(entries[-1])
        if _near(last, self._right(function, of, self.reached[-2:])):  # nearly always
            return None
        states = [*self.reached[-2:], *self._steps()[-2:]]
        right = self._values(function, of, states)
        if not right or _near(last, right) or self._is_small(function, of, last, states):
            return None
        together = self._over_epochs(function, of, entries)
        if together is not None:
            found, asked = f"{together} of {key} over all epochs so far", "the value of each epoch alone"
            return Diagnosis("OTHER_FORMULA", {"found": found, "asked": asked, "wrong": [key], "tensor": key})
        if self._kept():  # with the best epoch's parameters, those of the last one are not known
            every = self._values(function, of, [self.first, *self.reached])
            known = [_near(float(entry), every) for entry in entries]
            # What was made of zeros before the first epoch and not filled is no record: no loss is 0.
            empty = key in self.spec.losses and not np.all((entries != 0) | known)
            if any(known) and not empty:
                return None
        return self._told(key, function, of, last, right, states)

    def _over_epochs(self, function: str, of: str, entries: FloatArray) -> str | None:
        """Whether each entry is the mean or the sum of what the epochs up to it give, before their steps or after them.

        What each epoch gives is known from the steps by the student's own gradients.
        """
        states, epochs = self._steps(), len(entries)
        every = self._values(function, of, states)
        strengths = len(self._strengths(self.subject.assignment.function(function)))
        if epochs < 2 or len(states) != epochs + 1 or len(every) % (len(states) * strengths):
            return None
        kinds = np.reshape(every, (-1, len(states), strengths)).swapaxes(1, 2)
        for values in kinds.reshape(-1, len(states)):
            for taken in (values[:-1], values[1:]):
                sums = np.cumsum(taken)
                for words, all_so_far in (("the mean", sums / np.arange(1, epochs + 1)), ("the sum", sums)):
                    if all(_near(float(entry), [value]) for entry, value in zip(entries, all_so_far, strict=True)):
                        return words
        return None

    def _strengths(self, function: Function) -> tuple[float, ...]:
        """The strengths of the regularisation that a function's values may be of."""
        regularised = any(tensor.draw is Draw.STRENGTH for tensor in function.arguments)
        return (float(self.hyperparameters["reg"]), 0.0) if regularised else (0.0,)

    def _told(
        self, key: str, function: str, of: str, yours: float, right: Sequence[float], states: Sequence[Parameters]
    ) -> Diagnosis:
        """What it is instead: a percentage, the same of the other set, or a number that nothing gives."""
        nearest = right[0]
        if key in self.spec.scores and _near(yours, [PERCENT * value for value in right]):
            return Diagnosis("SCORE_PERCENT", {"tensor": key, "yours": yours, "expected_value": yours / PERCENT})
        what = function.rpartition(".")[2]
        giving = f"{what} gives" if self._spread(function, of) else f"a right {what} gives"
        asked = f"what {giving} on {SETS[of]} after an epoch, {nearest:.3g},"
        wrong: list[Evidence] = [key]
        (other,) = {"train", "valid"} - {of}
        if _near(yours, self._values(function, other, states)):
            found = f"{what} on {SETS[other]}"
        else:
            found = f"{yours:.3g} as the last entry of {key}"
        return Diagnosis("OTHER_FORMULA", {"found": found, "asked": asked, "wrong": wrong, "tensor": key})

    def _kept(self) -> bool:
        """Whether two numbers of epochs gave the same parameters."""
        every = [np.concatenate([np.ravel(v) for v in state.values()]) for state in (self.first, *self.reached)]
        return any(np.array_equal(one, two) for i, one in enumerate(every) for two in every[:i])

    def _steps(self) -> list[Parameters]:
        """Where the student's own gradients lead from the first parameters, whatever the training returned."""
        found = [self.first]
        name = next(iter(self.spec.losses.values()))[0]
        function = self.subject.assignment.function(name)
        rate, strength = float(self.hyperparameters["lr"]), float(self.hyperparameters["reg"])
        for _ in range(int(self.hyperparameters["epochs"])):
            results = own_values(self.subject, function, [self._row(function, "train", found[-1], strength)])
            slopes = list(results[0].values())[1:] if results else []
            pairs = list(zip(found[-1].items(), slopes, strict=False))
            if len(pairs) < len(found[-1]) or any(value.size != slope.size for (_, value), slope in pairs):
                break  # its own check says what is wrong with it
            found.append({key: value - rate * slope.reshape(value.shape) for (key, value), slope in pairs})
        return found

    def _values(self, name: str, of: str, states: Sequence[Parameters]) -> list[float]:
        """What the student's own function and the right ones give on a set, with the regularisation and without.

        The student's own count where they lie so far apart that no constant is near many of them.
        """
        right = self._right(name, of, states)
        return [*self._own(name, of, states), *right] if self._spread(name, of) >= ROUNDED / NEAR_OWN else right

    def _is_small(self, name: str, of: str, yours: float, states: Sequence[Parameters]) -> bool:
        """Whether it is one of the student's own values where these lie close together: a loss over 10000, say."""
        spread = self._spread(name, of)
        own = self._own(name, of, states) if 0 < spread < ROUNDED / NEAR_OWN else []
        return any(abs(yours - value) <= NEAR_OWN * spread for value in own)

    def _spread(self, name: str, of: str) -> float:
        function = self.subject.assignment.function(name)
        row = self._row(function, of, self.first, 0.0)
        return spread_of_own(self.subject, function, row, frozenset(self.first))

    def _own(self, name: str, of: str, states: Sequence[Parameters]) -> list[float]:
        function = self.subject.assignment.function(name)
        found = own_values(self.subject, function, self._rows(function, of, states))
        return _numbers([next(iter(results.values())) for results in found])

    def _right(self, name: str, of: str, states: Sequence[Parameters]) -> list[float]:
        """What the right functions give."""
        function = self.subject.assignment.function(name)
        rows = [tuple(row) for row in self._rows(function, of, states)]
        forms = self.subject.right_forms(function)
        rights = [self.subject.oracle.apply(function, form, row) for form in forms for row in rows]
        return _numbers([next(iter(right.values())) for right in rights])

    def _rows(self, function: Function, of: str, states: Sequence[Parameters]) -> list[Sequence[NDArray[Any]]]:
        strengths = self._strengths(function)
        return [self._row(function, of, state, strength) for state in states for strength in strengths]

    def _row(self, function: Function, of: str, state: Parameters, strength: float) -> list[NDArray[Any]]:
        data = self.data[of]
        drawn = {Draw.LABELS: data.labels, Draw.STRENGTH: np.asarray(strength)}
        return [
            np.asarray(state[t.name]) if t.name in state else np.asarray(drawn.get(t.draw, data.inputs))
            for t in function.arguments
        ]


def _numbers(values: Sequence[FloatArray]) -> list[float]:
    return [float(value.ravel()[0]) for value in values if value.size == 1]


def _near(yours: float, right: Sequence[float]) -> bool:
    return any(abs(yours - value) <= ROUNDED * max(1.0, abs(value)) for value in right)
