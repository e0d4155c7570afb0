"""Plants slips in a solution and says which of them the checks do not see.

A slip counts if it stands in a definition that an asked function uses and changes what the asked functions do. Long
trainings are left out: what they alone could show is declared in equivalent.toml.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from grader.audit.behaviour import Behaviour
from grader.audit.outcome import Mutation, Survivor
from grader.audit.reach import reached
from grader.audit.slips import Slip, slips
from grader.audit.training import untrained
from grader.grade import grade
from grader.report import PartResult
from grader.sandbox import Sandbox
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder
from reference.spec import Assignment, Part

SEED = "public:1"

CALL_SECONDS = 2.0
"""For one call of a mutant: one that never ends is caught, and need not be waited for longer."""


class _PointLost(Exception):  # nothing is wrong: it ends a grading that has said enough
    """The first lost point of a mutant."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The mutants of one assignment."""

    folder: AssignmentFolder
    sandbox: Sandbox
    clock: Callable[[], float]

    def run(self, seconds: float) -> Mutation:
        """Slips, coarsely spread at first and then those between, until the time is over."""
        assignment = self.folder.assignment
        asked = dict.fromkeys(check.function for part in assignment.parts for check in part.checks)
        uses = {name: reached(self.folder.solution, assignment.function(name)) for name in asked}
        everywhere = list(slips(self.folder.solution))
        planted = [slip for slip in everywhere if any(slip.function in used for used in uses.values())]
        behaviour = Behaviour(replace(self.folder, assignment=_brisk(assignment)), self.sandbox)
        names = frozenset(part.name for part in assignment.parts)
        caught, same, survivors = 0, 0, []
        until = self.clock() + seconds
        for index in _spread(len(planted)):
            if self.clock() > until:
                break
            slip = planted[index]
            touched = frozenset(name for name, used in uses.items() if slip.function in used)
            own = frozenset(part.name for part in assignment.parts if _asks(part, touched))
            if self._loses(slip, own):
                caught += 1
            elif not behaviour.changed(slip.source, touched):
                same += 1
            elif self._loses(slip, names - own):
                caught += 1
            else:
                survivors.append(Survivor(slip.key, slip.line, self.folder.equivalent.get(slip.key, "")))
        return Mutation(
            all=len(planted),
            tried=caught + same + len(survivors),
            caught=caught,
            survivors=tuple(sorted(survivors, key=lambda one: (one.line, one.key))),
            unasked=len(everywhere) - len(planted),
            same=same,
        )

    def _loses(self, slip: Slip, parts: frozenset[str]) -> bool:
        """Whether one of these parts takes a point away; none has a long training."""
        asked = untrained(self.folder)
        kept = tuple(part for part in asked.assignment.parts if part.name in parts)
        asked = replace(asked, assignment=replace(_brisk(asked.assignment), parts=kept))
        upload = Upload((SourceFile("student.py", slip.source),))
        try:
            if kept:
                grade(asked, upload, self.sandbox, SEED, _stop_at_loss, self.clock)
        except _PointLost:
            return True
        return False


def _brisk(assignment: Assignment) -> Assignment:
    """With little time for a call, and without a search for one change."""
    return replace(assignment, limits=replace(assignment.limits, call_seconds=CALL_SECONDS, changes=0))


def _asks(part: Part, functions: frozenset[str]) -> bool:
    return any(check.function in functions for check in part.checks)


def _stop_at_loss(part: PartResult) -> None:
    if part.points.given < part.points.maximum:
        raise _PointLost


def _spread(count: int) -> Iterator[int]:
    """Every number below `count` once, far apart first: by their bits read backwards."""
    bits = max(1, (count - 1).bit_length())
    numbers = (int(f"{number:0{bits}b}"[::-1], 2) for number in range(2**bits))
    return (number for number in numbers if number < count)
