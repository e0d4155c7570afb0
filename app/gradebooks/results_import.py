"""A results.json of Gradescope, read for its points (gradescope-autograders.readthedocs.io/en/latest/specs)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import BadForm
from grader.translation import gettext as _

MOST_TESTS = 1000


@dataclass(frozen=True, slots=True)
class ImportedResults:
    """Points out of a maximum; None where the file names no maximum. tests: how many it lists."""

    points: float
    maximum: float | None
    tests: int

    def scaled(self, worth: float) -> float:
        """The points on a scale of `worth`; without a maximum they are on it already. Extra credit ends there."""
        return min(worth, self.points if not self.maximum else worth * self.points / self.maximum)


def read_results(body: Mapping[str, Any]) -> ImportedResults:
    """The points of the file: its `score`, or the sum over its tests. Raises BadForm, which names the field."""
    tests = body.get("tests", [])
    if not isinstance(tests, list) or len(tests) > MOST_TESTS or not all(isinstance(one, dict) for one in tests):
        raise BadForm(_("`tests` is a list of at most {most} objects.", most=MOST_TESTS), "tests")
    given = [_number(one, "score", f"tests/{place}/score") for place, one in enumerate(tests)]
    worth = [_number(one, "max_score", f"tests/{place}/max_score") for place, one in enumerate(tests)]
    whole = _number(body, "score", "score")
    if whole is None:
        known = [one for one in given if one is not None]
        if not known:
            raise BadForm(_("There is no score: neither for the whole nor for a test."), "score")
        whole = sum(known)
    maximum = math.fsum(one for one in worth if one is not None) if worth and None not in worth else None
    return ImportedResults(whole, maximum or None, len(tests))


def _number(found: Mapping[str, Any], name: str, field: str) -> float | None:
    value = found.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e6:
        raise BadForm(_("This is no number of points from 0 to 1,000,000."), field)
    return float(value)
