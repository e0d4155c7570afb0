"""Known wrong shares of right predictions."""

from collections.abc import Iterator, Sequence

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate
from grader.diagnosis.mistake import UNNAMED
from grader.diagnosis.recipes.accuracy import ACCURACY
from grader.report import Evidence


def score(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong accuracies are for one outcome: the wrong ways of the recipe, which one telling number confirms."""
    return list(_candidates(outcome))


def _candidates(outcome: Outcome) -> Iterator[Candidate]:
    for step in ACCURACY.steps:
        for way in step.wrong:
            told: dict[str, Evidence] = {"found": way.found, "asked": step.asked} if way.code in UNNAMED else {}
            tensors = ACCURACY.tensors(outcome, {**ACCURACY.right, step.name: way.use})
            yield Candidate(way.code, tensors, step.asked, told)
