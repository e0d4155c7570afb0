"""The mistakes that explain each wrong tensor: one known mistake if one is enough, else two at once, else none."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.diagnosis import FAMILIES
from grader.diagnosis.explanation import BY_TENSOR, Explanation, explanation, explanations
from grader.diagnosis.mismatch import Candidate, Mismatch, confirmed, same
from grader.diagnosis.mistake import UNNAMED, Mistake
from grader.diagnosis.multiplied import multiplied
from grader.diagnosis.one_by_one import one_by_one
from grader.diagnosis.recipe import ACCEPTED, Recipe, Step, Way
from grader.diagnosis.recipes import RECIPES
from grader.diagnosis.vocabulary import spoken
from reference.spec import Operation

KNOWING = frozenset({Operation.SCORE})
"""Operations whose family goes by what a student's own functions gave; the others know the reference's only."""

PREDICTION = "prediction"
"""What the families call class numbers."""

LEAST_BITS = 2.0
"""What wrong class numbers have to tell before a formula is said of them: one wrong number among three classes is made
by many."""

Named = dict[str, tuple[Mistake, ...]]
"""For each tensor that is explained, the mistakes that explain it together."""


def named(mismatch: Mismatch, most: int = 2) -> Named:
    """Mistakes by wrong tensor. most: how many at once may explain one.

    The single mistake that explains most comes first; of equals, the one that spoils fewest of the tensors that are
    right. What no single mistake explains may be two at once, or one more beside those that are found.
    """
    said = spoken(mismatch) if mismatch.readable else None
    if said is None:
        return {}
    found = _in_known_names(said.mismatch, most)
    return {said.own.get(tensor, tensor): mistakes for tensor, mistakes in found.items()}


def _in_known_names(mismatch: Mismatch, most: int) -> Named:
    recipe = RECIPES.get(mismatch.function.operation)
    found: Named = {}
    ways: dict[str, tuple[Step, Way]] = {}
    with np.errstate(all="ignore"):
        known = _told_apart(mismatch, list(_known(mismatch)))
        cooked = list(_single(recipe, mismatch, _by_code(known))) if recipe else []
        singles = [*((entry, None) for entry in known), *cooked]
        # A recipe's own explanation goes before the family's: it can be built upon. Of two that give the same numbers
        # the one with a name is told: softmax(-z) before the minus in the line above.
        singles.sort(key=lambda one: (-len(one[0][1]), one[0][2], one[1] is None, one[0][0].code in UNNAMED))
        for (mistake, tensors, spoilt), way in singles:
            new = [tensor for tensor in tensors if tensor not in found]
            if new and (not spoilt or recipe is None or mismatch.function.operation in BY_TENSOR):
                found |= dict.fromkeys(new, (mistake,))
                ways |= {way[0].name: way} if way else {}
        if recipe and most > 1:
            _add_more(recipe, mismatch, found, ways)
    return found


Entry = tuple[Mistake, Sequence[str], int]
"""A mistake, the tensors it explains, and how many right ones it would have spoilt."""


def _known(mismatch: Mismatch) -> Iterator[Entry]:
    """Each candidate of the operation's family that explains a tensor."""
    family = FAMILIES.get(mismatch.function.operation)
    own = any(outcome.known for outcome in mismatch.readable)
    if family is None or (own and mismatch.function.operation not in KNOWING):
        return
    try:
        columns = [family(outcome) for outcome in mismatch.readable]
    except (ValueError, IndexError, TypeError):  # an assignment asks for the operation with other shapes
        return
    for column in zip(*columns, strict=True):
        explained = [tensor for tensor in mismatch.wrong if confirmed(mismatch, tensor, column)]
        if explained:
            mistake = Mistake(column[0].code, counterfactual=column[0].counterfactual, about=column[0].about)
            yield mistake, explained, _spoilt(mismatch, column)


def _told_apart(mismatch: Mismatch, known: Sequence[Entry]) -> Sequence[Entry]:
    """The entries without formulas of class numbers which others fit as well: a few small numbers tell too little."""
    formulas: dict[str, set[str]] = {}
    for mistake, tensors, _ in known:
        for tensor in tensors if mistake.code in UNNAMED else ():
            formulas.setdefault(tensor, set()).add(str(mistake.about.get("found")))
    doubtful = {
        tensor
        for tensor, found in formulas.items()
        if (len(found) > 1 and _whole(mismatch, tensor)) or (tensor == PREDICTION and _bits(mismatch) < LEAST_BITS)
    }
    return [entry for entry in known if entry[0].code not in UNNAMED or not doubtful.intersection(entry[1])]


def _whole(mismatch: Mismatch, tensor: str) -> bool:
    """Whether the right values are whole numbers, as those of classes are."""
    return not any(np.any(outcome.right[tensor] % 1) for outcome in mismatch.readable)


def _bits(mismatch: Mismatch) -> float:
    """What the wrong class numbers tell: each is one of C - 1, and of two classes the other one is no news."""
    return sum(
        int(np.sum(mismatch.yours(outcome, PREDICTION) != outcome.right[PREDICTION]))
        * math.log2(max(outcome.probe.sizes["C"] - 1, 1))
        for outcome in mismatch.readable
        if mismatch.yours(outcome, PREDICTION).shape == outcome.right[PREDICTION].shape
    )


def _by_code(known: Sequence[Entry]) -> dict[str, Entry]:
    """For each code the entry that explains most; of equals the first, which says least: more is said further down."""
    return {entry[0].code: entry for entry in sorted(reversed(known), key=lambda entry: len(entry[1]))}


def _single(recipe: Recipe, mismatch: Mismatch, known: Mapping[str, Entry]) -> Iterator[tuple[Entry, tuple[Step, Way]]]:
    """Each wrong way of one step that explains a tensor.

    known: what the family says of a code, by code: where it explains the same tensors its counterfactual is better
    than ours, and its evidence is kept. What fits a bias alone says nothing of the weights' regularisation.
    """
    for explained, spoilt in explanations(recipe, mismatch, mismatch.wrong, 1):
        if explained.codes == {ACCEPTED}:
            continue
        mistake = _mistakes(explained)[0]
        other, tensors, _ = known.get(mistake.code, (mistake, explained.tensors, 0))
        told = other if set(explained.tensors) <= set(tensors) else mistake
        fix, about = told.counterfactual or mistake.counterfactual, told.about
        yield (replace(mistake, counterfactual=fix, about=about), explained.tensors, spoilt), explained.wrong[0]


def _add_more(recipe: Recipe, mismatch: Mismatch, found: Named, ways: dict[str, tuple[Step, Way]]) -> None:
    """Explain what is left by two mistakes at once, or by one or two more beside those found, while that explains."""
    while left := [tensor for tensor in mismatch.wrong if tensor not in found]:
        beside = Explanation(tuple(ways.values()), ())
        changed = recipe.with_ways(beside.wrong)
        explained = explanation(recipe, mismatch, left, 2, tuple(found)) or one_by_one(recipe, mismatch, left)
        explained = explained or multiplied(recipe, mismatch, left)
        for more in (1, 2) if ways and explained is None else ():
            explained = explained or beside.and_also(explanation(changed, mismatch, left, more))
        if explained is None:
            return
        ways |= {step.name: (step, way) for step, way in explained.wrong}
        found |= dict.fromkeys(explained.tensors, _mistakes(explained))


def _mistakes(explained: Explanation) -> tuple[Mistake, ...]:
    return tuple(
        Mistake(way.code, way.found, step.asked, step.asked) for step, way in explained.wrong if way.code != ACCEPTED
    )


def _spoilt(mismatch: Mismatch, column: Sequence[Candidate]) -> int:
    """How many tensors that are right this mistake would have made wrong, over all readable outcomes."""
    return sum(
        tensor not in mismatch.wrong and not same(value, outcome.right[tensor])
        for outcome, candidate in zip(mismatch.readable, column, strict=True)
        for tensor, value in candidate.tensors.items()
    )
