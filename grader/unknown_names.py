"""Laws and cases that an assignment asks for and that there are not: said by name, with those there are."""

from collections.abc import Iterable, Iterator

from grader.laws import LAWS
from grader.probes import CASES
from grader.special import SPECIAL
from reference.catalog import AssignmentFolder
from reference.spec import Cases, Property, Stability


def unknown_names(folder: AssignmentFolder) -> Iterator[str]:
    """One reason for each name."""
    for part in folder.assignment.parts:
        for spec in part.checks:
            where = f"part {part.name!r}, {type(spec).__name__} of {spec.function}"
            if isinstance(spec, Property):
                yield from _missing("law", [spec.law], LAWS, where)
            elif isinstance(spec, Stability):
                yield from _missing("case", spec.cases, CASES, where)
            elif isinstance(spec, Cases):
                yield from _missing("case", spec.cases, SPECIAL, where)


def _missing(what: str, asked: Iterable[str], known: Iterable[str], where: str) -> Iterator[str]:
    there = sorted(known)
    return (
        f"{where}: no {what} is called {name!r}; there are {', '.join(there)}" for name in asked if name not in there
    )
