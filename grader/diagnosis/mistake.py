"""One mistake, as a diagnosis tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.report import Evidence

UNNAMED = frozenset({"OTHER_FORMULA", "OTHER_DIVISOR"})
"""Codes that say no more than the formula they come with."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its code; what stands in the student's formula and what is asked for, where a recipe tells it.

    counterfactual: the right expression in the student's terms. about: further evidence.
    """

    code: str
    found: str | None = None
    asked: str | None = None
    counterfactual: str | None = None
    about: Mapping[str, Evidence] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Evidence, ...]:
        """What makes two mistakes one sentence: the code, and what else the sentence rests on."""
        return self.code, self.found if self.code in UNNAMED else None, self.about.get("factor")
