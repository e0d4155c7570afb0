"""Each family lists the same mistakes in the same order for every probe, and no mistake is the right answer."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from grader.comparison import Outcome, compare
from grader.diagnosis import FAMILIES
from grader.diagnosis.mismatch import same
from grader.diagnosis.shuffled import ABOUT as SHUFFLED
from grader.diagnosis.softmax_classifier import FROM_ZERO
from grader.oracle import Oracle, given
from grader.phrases import SENTENCES
from grader.probes import CASES, Probe, ordinary_probes
from grader.sandbox import Returned
from grader.seeds import generator
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Function, Operation

CATALOG = Catalog.builtin()
# Seen with equal entries, or with entries far below 0, which ordinary probes never have.
SPECIAL_INPUTS_ONLY = {"MAX_TIE", "MAX_OUTSIDE_WINDOW", "POOL_ABOVE_ZERO"}
# Seen with probabilities that are as small as the bound, where all scores are below 0, and where a class is right that
# is never predicted: with many classes hardly in every probe.
# An order of the rows is looked for in wrong steps only.
SPECIAL_FORMULAS = (
    "log(p) with p ",
    FROM_ZERO,
    "the class with the largest score of all but ",
    str(SHUFFLED["found"]),
)
ASKED = [
    (slug, function.name)
    for slug in CATALOG.slugs()
    for function in CATALOG.get(slug).assignment.functions
    if function.operation in FAMILIES
]


def _outcomes(folder: AssignmentFolder, function: Function, seed: str) -> Iterator[Outcome]:
    rng = generator(seed, "test")
    probes: list[Probe] = [probe for probe in ordinary_probes(function, rng) if not probe.edge]
    probes += [
        CASES[case](function, rng)
        for part in folder.assignment.parts
        for check in part.checks
        for case in getattr(check, "cases", ())
        if check.function == function.name and case in CASES
    ]
    made = [
        {
            name: np.asarray(folder.answers[form](*map(given, p.arguments.values())))
            for name, form in function.settled.items()
        }
        for p in probes
    ]
    probes = [replace(p, arguments={**p.arguments, **more}) for p, more in zip(probes, made, strict=True)]
    oracle = Oracle(folder.answers)
    replies = [Returned(tuple(oracle.results(function, function.answer, probe.arguments).values())) for probe in probes]
    yield from compare(function, [function.answer], oracle, probes, replies).outcomes


@pytest.mark.parametrize(("slug", "name"), ASKED)
@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
def test_every_list_names_the_same_mistakes(slug: str, name: str, seed: str) -> None:
    folder = CATALOG.get(slug)
    function = folder.assignment.function(name)
    names = {tensor.name for tensor in function.results}
    with np.errstate(all="ignore"):
        lists = [FAMILIES[function.operation](outcome) for outcome in _outcomes(folder, function, seed)]

    assert len(lists) >= 4
    codes = [[candidate.code for candidate in each] for each in lists]
    assert all(each == codes[0] for each in codes)
    assert set(codes[0]) <= set(SENTENCES)
    assert all(candidate.tensors.keys() <= names for each in lists for candidate in each)
    said = [str(candidate.about.get(key, "")) for each in lists for candidate in each for key in ("found", "asked")]
    assert [words for words in said if words.startswith(("of ", "with ", "for ", "in ", "by "))] == []


@pytest.mark.parametrize(("slug", "name"), ASKED)
def test_every_mistake_differs_from_the_right_answer(slug: str, name: str) -> None:
    """A candidate equal to the right answer on every probe could never be told from it."""
    folder = CATALOG.get(slug)
    function = folder.assignment.function(name)
    outcomes = [o for o in _outcomes(folder, function, "public:1") if o.probe.ordinary]
    with np.errstate(all="ignore"):
        columns = list(zip(*(FAMILIES[function.operation](outcome) for outcome in outcomes), strict=True))
    for column in columns:
        differs = [
            not same(candidate.tensors[name], outcome.right[name])
            for outcome, candidate in zip(outcomes, column, strict=True)
            for name in candidate.tensors
        ]
        special = column[0].code in SPECIAL_INPUTS_ONLY
        small = str(column[0].about.get("found")).startswith(SPECIAL_FORMULAS)
        assert any(differs) or special or small, column[0].code


@pytest.mark.parametrize("slug", CATALOG.slugs())
def test_every_operation_but_training_has_a_family(slug: str) -> None:
    asked = (function for function in CATALOG.get(slug).assignment.functions if not function.bound_to)
    operations = {function.operation for function in asked}

    assert operations - {Operation.TRAIN} <= set(FAMILIES)


def test_every_family_is_asked_for() -> None:
    functions = {CATALOG.get(slug).assignment.function(name).operation for slug, name in ASKED}

    assert functions == set(FAMILIES)
