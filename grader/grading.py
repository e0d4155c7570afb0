"""One grading under way: what it was given, and what it has gathered so far."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from grader.checks.calls.shared_result import has_place
from grader.checks.subject import Finding, Subject
from grader.naming import Binding
from grader.oracle import Oracle
from grader.patience import Patience, PatientSession
from grader.report import CheckResult, ExperimentResult, Note, TrainingProgress, TrainingResult, Verdict
from grader.sandbox import Sandbox, Session
from grader.student import Layout, Student
from grader.upload import Upload
from reference.catalog import AssignmentFolder
from reference.spec import Limits


@dataclass(slots=True)
class Gathered:
    """What a report will be made of. printed: what the student's file printed, as far as it counts."""

    results: list[CheckResult] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    flags: list[Note] = field(default_factory=list)
    training: list[TrainingResult] = field(default_factory=list)
    experiments: list[ExperimentResult] = field(default_factory=list)
    printed: str = ""

    def copy(self) -> "Gathered":
        """One to gather on in, which may be given up."""
        return Gathered(
            list(self.results),
            list(self.notes),
            list(self.flags),
            list(self.training),
            list(self.experiments),
            self.printed,
        )

    @property
    def on_own(self) -> frozenset[str]:
        """Functions that are right given the student's own earlier mistakes, and not by the reference's answers."""
        return frozenset(str(note.evidence["function"]) for note in self.notes if note.code == "GRADED_ON_OWN")

    @property
    def proven(self) -> frozenset[str]:
        """Functions whose checks have all passed so far, by the reference's answers."""
        failed = {result.function for result in self.results if result.verdict is not Verdict.PASSED}
        return frozenset({result.function for result in self.results} - failed - self.on_own)

    def keep(self, finding: Finding) -> CheckResult:
        """Gather what a finding says beside its result; the same note is kept once, a flag whatever line it is of."""
        self.notes.extend(note for note in finding.notes if note not in self.notes)
        for flag in finding.flags:
            if all((flag.code, flag.evidence) != (kept.code, kept.evidence) for kept in self.flags):
                self.flags.append(flag)
        self.training.extend(finding.training)
        return finding.result

    def hear(self, printed: str) -> None:
        """Add what was printed; the same again is kept once."""
        if printed not in self.printed:
            self.printed += printed


@dataclass(slots=True)
class Grading:
    """An upload that is being graded. clock: monotonic seconds. loading: what the file prints as it is loaded."""

    folder: AssignmentFolder
    upload: Upload
    sandbox: Sandbox
    seed: str
    clock: Callable[[], float]
    patience: Patience
    watch: Callable[[TrainingProgress], None]
    gathered: Gathered = field(default_factory=Gathered)
    loading: str = ""

    def subject(self, session: Session, bindings: Mapping[str, Binding], way: Layout = Layout.ROWS) -> Subject:
        """What the checks of a part examine, in `session`."""
        student = Student(session, bindings, way)
        oracle = Oracle(self.folder.answers)
        keeps = has_place([file.text for file in self.upload.files])
        return Subject(self.folder.assignment, student, oracle, self.seed, self.clock, keeps=keeps, watch=self.watch)

    @contextmanager
    def open(self, patience: Patience, limits: Limits | None = None) -> Iterator[PatientSession]:
        """A process with the submission, which may take what is left of the patience."""
        limits = limits or self.folder.assignment.limits
        with self.sandbox.open(self.upload, limits) as session:
            yield PatientSession(session, patience, limits)
