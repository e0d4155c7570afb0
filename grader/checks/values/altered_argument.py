"""Are wrong numbers the right ones of an altered argument, such as rounded weights? Asked where no cause is known."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from grader.checks.subject import Subject
from grader.comparison import Comparison, Outcome, compare
from grader.diagnosis.cause import UNKNOWN
from grader.diagnosis.mismatch import FloatArray
from grader.report import Diagnosis
from grader.results import Tensors
from reference.spec import Operation, Tensor

Alter = Callable[[FloatArray], FloatArray]


def _rounded(digits: int) -> Alter:
    return lambda a: np.asarray(np.round(a, digits))


OF_ALL: Mapping[str, Alter] = {
    "0 in the place of {}": np.zeros_like,
    **{f"np.round({{}}, {digits})": _rounded(digits) for digits in range(5)},
    "{}.astype(int)": np.trunc,
    "{}.astype(np.float16)": lambda a: a.astype(np.float16).astype(np.float64),
    "np.abs({})": lambda a: np.abs(a),
    "-{}": lambda a: -a,
    "{} / 2": lambda a: a / 2,
    "2 * {}": lambda a: 2 * a,
    "{} / 255": lambda a: a / 255,
    "{} ** 2": lambda a: a**2,
    "1 - {}": lambda a: 1 - a,
    "np.clip({}, 0, 1)": lambda a: np.clip(a, 0, 1),
    "np.clip({}, -1, 1)": lambda a: np.clip(a, -1, 1),
}
"""What files do to an argument before they use it, in the words of NumPy, with a place for its name."""

OF_ARRAYS: Mapping[str, Alter] = {
    "{} - np.mean({})": lambda a: a - np.mean(a),
    "{} - np.mean({}, axis=0)": lambda a: a - np.mean(a, axis=0),
    "({} - np.mean({})) / np.std({})": lambda a: (a - np.mean(a)) / np.std(a),
    "({} - np.mean({}, axis=0)) / np.std({}, axis=0)": lambda a: (a - np.mean(a, axis=0)) / np.std(a, axis=0),
    "{} / np.max({})": lambda a: a / np.max(a),
    "{} / np.linalg.norm({})": lambda a: a / np.sqrt(np.sum(a**2)),
    "{}[::-1]": lambda a: a[::-1],
}
"""What is done to an array only."""


CLASS_NUMBERS = 100
"""So many of them are not made by chance."""


def altered_argument(subject: Subject, comparison: Comparison, cause: Diagnosis) -> Diagnosis:
    """`cause`, or where it is unknown: the one argument that was altered first, if that makes every number."""
    if cause.code != UNKNOWN:
        return cause
    wrong = next((o for o in comparison.outcomes if not o.passed and isinstance(o.yours, Tensors)), None)
    if wrong is None or any(not isinstance(o.yours, Tensors) for o in comparison.outcomes):
        return cause
    if not _tells(comparison, wrong):
        return cause
    for tensor, words, alter in _alterations(comparison, wrong):
        if not _explains(subject, comparison, (wrong,), tensor, alter):
            continue  # most are refuted by one probe
        if _explains(subject, comparison, comparison.outcomes, tensor, alter):
            wrongs = cause.evidence.get("wrong")
            told = {"found": words, "asked": f"{tensor.name} as it is given", "wrong": wrongs}
            return Diagnosis("OTHER_FORMULA", {**cause.evidence, **told})
    return cause


def _tells(comparison: Comparison, outcome: Outcome) -> bool:
    """Whether chance does not make the wrong numbers: a few class numbers it may, and a share of right ones."""
    wrong = [name for name in outcome.counting if not outcome.agrees(name)]
    whole = all(np.all(outcome.right[name] == np.round(outcome.right[name])) for name in wrong)
    entries = sum(o.right[name].size for o in comparison.outcomes for name in wrong)
    return comparison.function.operation is not Operation.SCORE and (not whole or entries >= CLASS_NUMBERS)


def _alterations(comparison: Comparison, outcome: Outcome) -> Iterator[tuple[Tensor, str, Alter]]:
    for tensor in comparison.function.arguments:
        array = outcome.probe.arguments[tensor.name]
        if not np.issubdtype(array.dtype, np.floating):
            continue  # labels as numbers have mistakes of their own
        for words, alter in (*OF_ALL.items(), *(OF_ARRAYS.items() if array.ndim else ())):
            with np.errstate(all="ignore"):
                altered = alter(array)
            nothing = alter is not np.zeros_like and not np.any(altered)  # as small numbers are, rounded
            if not nothing and not np.array_equal(altered, array):
                yield tensor, words.replace("{}", tensor.name), alter


def _explains(
    subject: Subject, comparison: Comparison, outcomes: tuple[Outcome, ...], tensor: Tensor, alter: Alter
) -> bool:
    """Whether the replies are right for the altered argument, on the probes of these outcomes."""
    name = tensor.name
    probes = [replace(o.probe, arguments={**o.probe.arguments, name: alter(o.probe.arguments[name])}) for o in outcomes]
    replies = [outcome.reply for outcome in outcomes]
    return compare(comparison.function, (comparison.form,), subject.oracle, probes, replies).of(comparison.only).passed
