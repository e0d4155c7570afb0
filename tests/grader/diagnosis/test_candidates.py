"""Each family lists the same mistakes in the same order for every probe, and no mistake is the right answer."""

from collections.abc import Iterator

import numpy as np
import pytest

from grader.comparison import Outcome, compare
from grader.diagnosis import FAMILIES
from grader.diagnosis.mismatch import same
from grader.oracle import Oracle
from grader.phrases import SENTENCES
from grader.probes import CASES, Probe, ordinary_probes
from grader.sandbox import Returned
from grader.seeds import generator
from reference.catalog import AssignmentFolder
from reference.spec import Function, Operation

OPERATIONS = sorted(FAMILIES, key=str)


def _outcomes(folder: AssignmentFolder, function: Function, seed: str) -> Iterator[Outcome]:
    rng = generator(seed, "test")
    probes: list[Probe] = [*ordinary_probes(function, rng)]
    probes += [
        CASES[case](function, rng)
        for part in folder.assignment.parts
        for check in part.checks
        for case in getattr(check, "cases", ())
        if check.function == function.name
    ]
    oracle = Oracle(folder.answers)
    replies = [Returned(dict(oracle.results(function, function.name, probe.arguments))) for probe in probes]
    yield from compare(function, [function.name], oracle, probes, replies).outcomes


def _function(folder: AssignmentFolder, operation: Operation) -> Function:
    return next(function for function in folder.assignment.functions if function.operation is operation)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
def test_every_list_names_the_same_mistakes(operation: Operation, seed: str, folder: AssignmentFolder) -> None:
    function = _function(folder, operation)
    names = {tensor.name for tensor in function.results}
    with np.errstate(all="ignore"):
        lists = [FAMILIES[operation](outcome) for outcome in _outcomes(folder, function, seed)]

    assert len(lists) >= 4
    codes = [[candidate.code for candidate in each] for each in lists]
    assert all(each == codes[0] for each in codes)
    assert set(codes[0]) <= set(SENTENCES)
    assert all(candidate.tensors.keys() <= names for each in lists for candidate in each)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_mistake_differs_from_the_right_answer(operation: Operation, folder: AssignmentFolder) -> None:
    """A candidate equal to the right answer on every probe could never be told from it."""
    function = _function(folder, operation)
    outcomes = [o for o in _outcomes(folder, function, "public:1") if o.probe.ordinary]
    with np.errstate(all="ignore"):
        columns = list(zip(*(FAMILIES[operation](outcome) for outcome in outcomes), strict=True))
    for column in columns:
        differs = [
            not same(candidate.tensors[name], outcome.right[name])
            for outcome, candidate in zip(outcomes, column, strict=True)
            for name in candidate.tensors
        ]
        assert any(differs), column[0].code


def test_every_operation_but_training_has_a_family(folder: AssignmentFolder) -> None:
    operations = {function.operation for function in folder.assignment.functions}

    assert operations - {Operation.TRAIN} <= set(FAMILIES)
