"""Finds assignments on disk and validates what their folders hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reference.spec import Assignment


@dataclass(frozen=True, slots=True)
class AssignmentFolder:
    """One assignment with everything beside it.

    answers: the right functions (and the accepted other forms) over the reference network, by name; trusted side only.
    mistakes: file stem -> source; the stem up to the first dot is the diagnosis code it must get.
    version: "sha256:<hex>" over every file of the folder, names included.
    """

    assignment: Assignment
    path: Path
    handout: str
    starter: str
    solution: str
    mistakes: Mapping[str, str]
    answers: Mapping[str, Callable[..., Any]]
    version: str


class Catalog:
    """The assignments of some folders; the built-in ones come from `builtin()`."""

    def __init__(self, roots: tuple[Path, ...]) -> None:
        self._roots = roots

    @classmethod
    def builtin(cls, *more: Path) -> "Catalog":
        """The assignments shipped with Chainrule and those of `more` folders."""
        return cls((Path(__file__).parent / "assignments", *more))

    def slugs(self) -> tuple[str, ...]:
        """Slugs of all assignments, sorted."""
        raise NotImplementedError

    def get(self, slug: str) -> AssignmentFolder:
        """The assignment called `slug`. Raises UnknownAssignment, or AssignmentInvalid with every reason."""
        raise NotImplementedError
