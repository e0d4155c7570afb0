"""From check results to points: parts add their checks, the score adds the parts."""

from collections.abc import Iterable

from grader.report import CheckResult, PartResult, Score


def total(scores: Iterable[Score]) -> Score:
    """Sum of scores, rounded to a millionth of a point so that 8 + 2 + 8 + 2 is 20 whatever the order."""
    items = tuple(scores)
    return Score(round(sum(s.given for s in items), 6), round(sum(s.maximum for s in items), 6))


def part(name: str, checks: tuple[CheckResult, ...]) -> PartResult:
    """A part with the points of its checks."""
    return PartResult(name, total(check.points for check in checks), checks)
