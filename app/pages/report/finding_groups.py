"""Findings as the page shows them: those that only name one function after the other stand together."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.pages.numbers import spelled
from app.pages.report.findings import Finding
from grader import messages
from grader.report import Score


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """One finding, or several of the same code that say no more than their functions' names."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding whose place the group has."""
        return self.findings[0]

    @property
    def sentence(self) -> str:
        """What is said once for all of them."""
        code = self.first.alike
        functions = len({finding.function for finding in self.findings})
        if code is None or functions == 1:
            return self.first.sentence
        return messages.alike_sentence(code, spelled(functions).capitalize())

    @property
    def points(self) -> Score:
        """Of all of them together."""
        given = sum(finding.points.given for finding in self.findings)
        return Score(given, sum(finding.points.maximum for finding in self.findings))


def grouped(found: Sequence[Finding]) -> tuple[FindingGroup, ...]:
    """The findings in their order; those that stand together at the place of their first."""
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(finding.alike or finding.anchor, []).append(finding)
    return tuple(FindingGroup(tuple(together)) for together in groups.values())
