"""How a wrong tensor may relate to the right one; a file a kind."""

from collections.abc import Sequence

from grader.diagnosis.relation import Proposals
from grader.diagnosis.relations.added import added
from grader.diagnosis.relations.aggregated import aggregated
from grader.diagnosis.relations.arguments import arguments
from grader.diagnosis.relations.elementwise import elementwise
from grader.diagnosis.relations.hinge import hinge
from grader.diagnosis.relations.layout import layout
from grader.diagnosis.relations.limits import limits
from grader.diagnosis.relations.scaled import scaled
from grader.diagnosis.relations.taps import taps
from grader.diagnosis.relations.weighted import weighted

RELATIONS: Sequence[Proposals] = (
    limits,
    hinge,
    scaled,
    added,
    elementwise,
    layout,
    aggregated,
    weighted,
    taps,
    arguments,
)
"""From what is said most simply; the first that holds is told."""
