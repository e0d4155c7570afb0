"""An assignment calls its tensors what it likes: the same mistakes are named, and nothing breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from grader.comparison import Comparison, Outcome, compare
from grader.diagnosis import FAMILIES
from grader.diagnosis.cause import diagnose
from grader.diagnosis.mismatch import Mismatch
from grader.diagnosis.recipes import RECIPES
from grader.diagnosis.vocabulary import VOCABULARY, spoken
from grader.oracle import Oracle
from grader.phrases import SENTENCES
from grader.probes import ordinary_probes
from grader.report import Diagnosis, Evidence
from grader.sandbox import Returned
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Draw, Function, Tensor

CATALOG = Catalog.builtin()
FUNCTIONS = [
    pytest.param(folder, function, id=f"{folder.assignment.slug}-{function.name}")
    for folder in map(CATALOG.get, CATALOG.slugs())
    for function in folder.assignment.functions
    if function.operation in FAMILIES or function.operation in RECIPES
]


def _renamed(function: Function, names: Mapping[str, str] | None = None) -> Function:
    def other(tensor: Tensor) -> Tensor:
        return replace(tensor, name=(names or {}).get(tensor.name, f"my_{tensor.name}"), key=tensor.key or tensor.name)

    return replace(
        function,
        arguments=tuple(map(other, function.arguments)),
        results=tuple(map(other, function.results)),
    )


def _doubled(folder: AssignmentFolder, function: Function, power: int = 1) -> Comparison:
    """What is compared where every result is twice the right one; or twice a power of it, which no factor explains."""
    oracle = Oracle(folder.answers)
    probes = ordinary_probes(function, np.random.default_rng(1))
    replies = []
    for probe in probes:
        right = oracle.results(function, function.answer, probe.arguments)
        values = [2 * right[tensor.name] ** power for tensor in function.results]
        replies.append(Returned(values[0] if len(values) == 1 else tuple(values)))
    return compare(function, [function.answer], oracle, probes, replies)


def test_every_operation_with_formulas_has_a_vocabulary() -> None:
    assert VOCABULARY.keys() == FAMILIES.keys() | RECIPES.keys()


@pytest.mark.parametrize(("folder", "function"), FUNCTIONS)
def test_formulas_know_every_function_of_ours(folder: AssignmentFolder, function: Function) -> None:
    said = spoken(Mismatch(_doubled(folder, function)))

    assert said is not None
    assert said.own == {} or function.definition == "softmax"  # whose argument one assignment calls X


@pytest.mark.parametrize(("folder", "function"), FUNCTIONS)
def test_other_names_change_nothing_but_themselves(folder: AssignmentFolder, function: Function) -> None:
    known, other = (diagnose(Mismatch(_doubled(folder, each))) for each in (function, _renamed(function)))

    assert other.code == known.code
    # What only relates to the right result says which, by its own name.
    assert str(other.evidence.get("found")).replace("my_", "") == str(known.evidence.get("found"))
    assert other.evidence["wrong"] == [
        f"my_{tensor.name}" for tensor in function.results if tensor.name in _wrong(known)
    ]


def _wrong(diagnosis: Diagnosis) -> Sequence[Evidence]:
    wrong = diagnosis.evidence["wrong"]
    assert isinstance(wrong, list)
    return wrong


@pytest.mark.parametrize("power", [1, 3])
@pytest.mark.parametrize(("folder", "function"), FUNCTIONS)
def test_other_axes_break_nothing(folder: AssignmentFolder, function: Function, power: int) -> None:
    comparison = _doubled(folder, function, power)
    biases = [tensor.name for tensor in function.arguments if tensor.draw is Draw.BIAS]

    def turned(outcome: Outcome) -> Outcome:
        """Biases (H,) as (1, H), and the other way round."""
        given = dict(outcome.probe.arguments)
        for name in biases:
            given[name] = given[name][np.newaxis] if given[name].ndim == 1 else given[name].ravel()
        return replace(outcome, probe=replace(outcome.probe, arguments=given))

    diagnosis = diagnose(Mismatch(replace(comparison, outcomes=tuple(map(turned, comparison.outcomes)))))

    assert diagnosis.code in SENTENCES
