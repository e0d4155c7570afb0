"""Counts that campaigns bring home, and how they add up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Figures:
    """Counts by name, and the cases behind those that should be zero."""

    counts: Counter[str] = field(default_factory=Counter)
    cases: dict[str, list[str]] = field(default_factory=dict)

    def count(self, name: str, case: str | None = None, times: int = 1) -> None:
        """Count once more; keep the case if it is told."""
        self.counts[name] += times
        if case is not None and times:
            self.cases.setdefault(name, []).append(case)

    def percent(self, name: str, of: str) -> float:
        """One count as a share of another, in percent; 0 of nothing."""
        return 100 * self.counts[name] / self.counts[of] if self.counts[of] else 0.0


def together(figures: Iterable[Figures]) -> Figures:
    """All figures as one."""
    total = Figures()
    for each in figures:
        total.counts += each.counts
        for name, cases in each.cases.items():
            total.cases.setdefault(name, []).extend(cases)
    return total
