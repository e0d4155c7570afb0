"""Who catches which wrong gradient, and who rejects right ones.

Ours are three: `core`, one probe against the reference; `check`, the gradient check with all its probes; `part`, that
and the contract beside it, which is what a student's gradient is graded by. A bug counts as caught that is rejected
with every seed, and right code as rejected that is rejected with any.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader import numerics
from grader.checks.subject import Subject
from grader.sandbox import Raised, Reply
from reference.catalog import AssignmentFolder
from tests.benchmarks.gradcheck import ours, students
from tests.benchmarks.gradcheck.problem import Accepts, accepted
from tests.benchmarks.gradcheck.suite import Case

OURS = ("core", "check", "part")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Whether each checker accepted one case. precise: the gradient is right to float64's tolerance."""

    case: Case
    accepted: Mapping[str, bool]
    precise: bool


def examined(
    assignment: AssignmentFolder, case: Case, peers: Mapping[str, Accepts], *, seed: str, number: int, single: bool
) -> Verdicts | str:
    """Every checker's verdict on one case, or why it cannot be examined.

    seed, number: of our probes, whose first is the peers' point, and of what a peer draws.
    """
    spec = ours.gradients(assignment)[case.function]
    contract = ours.contract(assignment, case.function)
    function = assignment.assignment.function(case.function)

    def fresh() -> Subject:  # what a file remembers is not passed on to the next checker
        return students.subject(assignment, case.source, seed, single=single)

    subject = fresh()
    if not all(_as_asked(subject, name) for name in (case.function, *(step.function for step in ours.calls(spec)))):
        return "other names than asked"
    probe = ours.first_probe(function, subject)
    core = ours.core(function, subject, probe)
    if any(_lacks_a_package(outcome.reply) for outcome in core.outcomes):
        return "what it imports is not installed"
    graded = fresh()
    found = {
        "core": core.passed,
        "check": ours.passes(spec, fresh()),
        "part": all([ours.passes(each, graded) for each in (contract, spec)]),
    }
    for name, accepts in peers.items():
        problem = students.Student(fresh(), spec, probe).problem(number, single=single)
        found[name] = accepted(accepts, problem)
    return Verdicts(case, found, numerics.agrees(core.worst, numerics.FLOAT64_TOLERANCE))


def merged(verdicts: Sequence[Verdicts], accepted: Callable[[Iterable[bool]], bool]) -> Verdicts:
    """The verdicts on one case over several seeds as one: accepted by a checker if `accepted` (any, all) says so."""
    first = verdicts[0]
    names = {name: accepted(each.accepted[name] for each in verdicts) for name in first.accepted}
    return Verdicts(first.case, names, all(each.precise for each in verdicts))


def _lacks_a_package(reply: Reply) -> bool:
    return isinstance(reply, Raised) and reply.type_name == "ModuleNotFoundError"


def _as_asked(subject: Subject, name: str) -> bool:
    """Whether a function is there by its own name: another spelling may stand for another loss or derivative."""
    return name in subject.student.bindings and subject.student.bindings[name].forms == (name,)


def caught(verdicts: Sequence[Verdicts], name: str) -> list[str]:
    """The cases that a checker rejected."""
    return [each.case.name for each in verdicts if not each.accepted[name]]
