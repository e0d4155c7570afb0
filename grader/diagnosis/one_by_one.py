"""Two wrong steps of which one alone makes the numbers of a probe, as where the regularisation has a strength of 0.

That one is found there, and the other one beside it on all probes: so formulas without a name are found that are too
many to be paired with all others.
"""

from collections.abc import Iterator, Sequence

from grader.comparison import Outcome
from grader.diagnosis.explanation import Explanation, best, explanations
from grader.diagnosis.mismatch import Mismatch, same
from grader.diagnosis.mistake import UNNAMED
from grader.diagnosis.recipe import ACCEPTED, ONCE, Once, Recipe, Step, Way, Ways
from reference.spec import Operation

OPERATIONS = frozenset({Operation.SOFTMAX_CLASSIFIER})
"""Where another factor of the regularisation that is accepted too is a step of the recipe. Of the networks' cost it is
not in all its forms, and would be taken for a second mistake."""

MOST = 8
"""First steps that are tried with all others: more than that make the numbers of a probe only where it tells little."""


def one_by_one(recipe: Recipe, mismatch: Mismatch, tensors: Sequence[str]) -> Explanation | None:
    """Two wrong steps, one of them with a name of its own, that explain most of `tensors`; None where none do."""
    if mismatch.function.operation not in OPERATIONS:
        return None
    first = next((o for o in mismatch.readable if any(not o.agrees(name) for name in tensors)), None)
    alone = list(_alone(recipe, mismatch, first, tensors)) if first is not None else []
    if len(alone) > MOST:
        return None
    found: list[tuple[Explanation, int]] = []
    for step, way, within in alone:
        others = list(explanations(recipe.with_ways([(step, way)]), mismatch, within, 1))
        # What is accepted too is no mistake, whatever else it may be called.
        accepted = [one for one in others if ACCEPTED in one[0].codes]
        for other, spoilt in accepted or others:
            both = Explanation(((step, way), *other.wrong), other.tensors)
            if any(each.code not in UNNAMED for _, each in both.wrong):  # two formulas fit too much
                found.append((both, spoilt))
    return best(found)


def _alone(
    recipe: Recipe, mismatch: Mismatch, outcome: Outcome, tensors: Sequence[str]
) -> Iterator[tuple[Step, Way, Sequence[str]]]:
    """Each wrong step that explains some of the tensors in one outcome, with those."""
    right: Ways = {**recipe.right, ONCE: Once()}
    wrong = [name for name in tensors if not outcome.agrees(name)]
    for step in recipe.steps:
        for way in step.wrong:
            cooked = recipe.tensors(outcome, {**right, step.name: way.use})
            within = [name for name in wrong if name in cooked and same(mismatch.yours(outcome, name), cooked[name])]
            if within:
                yield step, way, within
