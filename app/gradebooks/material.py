"""What staff's pages and files say of an assignment's parts, also while its folder is broken or gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.translation import gettext as _
from reference.catalog import Catalog
from reference.errors import AssignmentInvalid, UnknownAssignment
from submissions.models import GradebookRow


@dataclass(frozen=True, slots=True)
class Material:
    """The points of each part in order, the version, and why the folder cannot be used: then both are of the grades.

    version: empty where there is none now.
    """

    parts: Mapping[str, float]
    version: str
    reasons: tuple[str, ...] = ()


def material_of(catalog: Catalog, slug: str, rows: Sequence[GradebookRow]) -> Material:
    """The folder as it is now; where it cannot be used, the parts that the grades in `rows` have."""
    try:
        folder = catalog.get(slug)
    except AssignmentInvalid as error:
        return Material(_graded(rows), "", error.reasons)
    except UnknownAssignment:
        return Material(_graded(rows), "", (_("Its folder is gone."),))
    return Material({part.name: part.points for part in folder.assignment.parts}, folder.version)


def _graded(rows: Sequence[GradebookRow]) -> Mapping[str, float]:
    return {name: maximum for row in rows for name, (_given, maximum) in row.part_points.items()}
