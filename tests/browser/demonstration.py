"""A course in the middle of a term, the same in every run: people, work in every state, decisions, a regrade, links."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.context import Context
from app.lti import question, window
from app.lti.launch import Launch
from app.lti.people import account_of
from app.people.invitations import Inviter
from app.people.password_resets import printed_reset
from app.security.tokens import digest
from app.similarity.course import compared, works_of
from grader.report import Report, Score
from grader.report_json import to_json
from submissions.database import Transaction
from submissions.embedded_engine import EmbeddedEngine
from submissions.gradings import MAX_ATTEMPTS
from submissions.lateness import Late, LateRule
from submissions.models import Course, CourseAssignment, Lane, Role, Submission, User
from submissions.queue import Graded, Job
from submissions.receiving import submit
from submissions.regrading import begin_regrade
from submissions.uploads.intake import receive

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
COURSE = "nn-2026"
SLUG = "ece421-numpy-nn"
PATH = f"/courses/{COURSE}/assignments/{SLUG}"
EARLIER = "sha256:" + "7c1d" * 16
"""The version before the last change; what that change is about counts by it until the regrade is applied."""

Reports = Callable[[str], Report]
"""The report on a source, by the source's name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something handed in: by which student, which source, under which name, how many hours ago."""

    student: int
    source: str
    filename: str
    hours: float


@dataclass(slots=True)
class FixedClock:
    """A clock that stands where it is put."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Demonstration:
    """What was made. submissions: of each source the first one. secrets: of links, by what they are for. pairs:
    of submissions that are alike."""

    people: dict[str, User]
    students: list[User]
    submissions: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Demonstrator:
    """Makes the course. milder: source -> points that the earlier version took from it and this one does not.

    audit: of the assignment, as outcome_json writes it.
    """

    context: Context
    clock: FixedClock
    sources: Mapping[str, bytes]
    reports: Reports
    milder: Mapping[str, float]
    audit: Mapping[str, Any]

    def make(self, names: Sequence[str], pieces: Sequence[Piece], password_hash: str) -> Demonstration:
        """Fill the database of the application, which is empty."""
        with self.context.database.transaction() as tx:
            made, asked = _course(tx, names, password_hash)
            _note_beginnings(tx, made)
        for piece in sorted(pieces, key=lambda one: -one.hours):
            self._hand_in(made, asked, piece)
        self.clock.now = NOW
        with self.context.database.transaction() as tx:
            self._decide(tx, made, asked)
            version = self.context.catalog.get(SLUG).version
            begin_regrade(tx, asked, version, made.people["instructor"], NOW - timedelta(minutes=12))
        while self._engine().run_once(lambda job: self._graded(job, {}, version), "regrade", (Lane.REGRADE,)):
            pass
        self._hand_in_ungraded(made, asked)
        with self.context.database.transaction() as tx:
            self._links(tx, made, asked)
        return made

    def _engine(self) -> EmbeddedEngine:
        return EmbeddedEngine(self.context.database, self.clock)

    def _hand_in(self, made: Demonstration, asked: CourseAssignment, piece: Piece) -> None:
        self.clock.now = NOW - timedelta(hours=piece.hours)
        submission = self._submitted(made, asked, piece.student, piece.source, piece.filename)
        made.submissions.setdefault(piece.source, submission.id)
        self.clock.now += timedelta(seconds=2)
        version = EARLIER if piece.source in self.milder else self.context.catalog.get(SLUG).version
        self._engine().run_once(lambda job: self._graded(job, self.milder, version), "live", (Lane.LIVE,))

    def _submitted(
        self, made: Demonstration, asked: CourseAssignment, student: int, source: str, filename: str
    ) -> Submission:
        with self.context.database.transaction() as tx:
            return submit(
                tx,
                course_assignment=asked,
                user=made.students[student],
                role=Role.STUDENT,
                received=receive(filename, self.sources[source]),
                idempotency_key=None,
                now=self.clock.now,
            ).submission

    def _hand_in_ungraded(self, made: Demonstration, asked: CourseAssignment) -> None:
        """One that we failed to grade, one that is being graded, one that waits."""
        first = next(iter(self.sources))
        made.submissions["failed"] = self._submitted(made, asked, len(made.students) - 3, first, "a1.py").id
        for _ in range(MAX_ATTEMPTS):
            self._engine().run_once(_broken, "live", (Lane.LIVE,))
            self.clock.now += timedelta(minutes=2)
        self.clock.now = NOW
        made.submissions["running"] = self._submitted(made, asked, len(made.students) - 2, first, "a1.py").id
        with self.context.database.transaction() as tx:
            tx.queue.claim("worker", (Lane.LIVE,), NOW, NOW + timedelta(minutes=5))
        made.submissions["waiting"] = self._submitted(made, asked, len(made.students) - 1, first, "a1.py").id

    def _graded(self, job: Job, milder: Mapping[str, float], version: str) -> Graded:
        source = next(name for name, data in self.sources.items() if data == job.source)
        report = lessened(self.reports(source), milder.get(source, 0.0))
        return Graded(to_json(replace(report, version=version)), "public:1", version)

    def _decide(self, tx: Transaction, made: Demonstration, asked: CourseAssignment) -> None:
        teacher, student = made.people["instructor"], made.students[1]
        tx.extensions.give(asked.id, student.id, NOW + timedelta(days=9), 2, "Ill since Monday", teacher.id, NOW)
        first = next(iter(made.submissions.values()))
        tx.marks.comment(first, teacher.id, "Look at page 12 of the notes, then at your softmax.", NOW)
        latest = list(made.submissions.values())[-1]
        tx.marks.override(latest, 60.0, 100.0, "Shown at the board", teacher.id, NOW)
        tx.questions.ask(latest, "", "I showed two parts at the board. Were both counted?", NOW)
        found = compared(works_of(tx, asked), self.context.catalog.get(SLUG).starter)
        tx.examinations.keep_comparison(asked.id, asdict(found), teacher.id, NOW - timedelta(hours=1))
        tx.examinations.keep_audit(SLUG, self.audit, NOW - timedelta(days=30))
        made.pairs.extend((pair.first, pair.second) for pair in found.pairs)
        tx.webhooks.add(made_course(tx).id, "https://register.example.org/grades", "whsec_x", NOW)

    def _links(self, tx: Transaction, made: Demonstration, asked: CourseAssignment) -> None:
        """Invitations, a reset, three questions of an LMS and a window out of its frame."""
        course, teacher = made_course(tx), made.people["instructor"]
        inviter = Inviter("", sends_mail=False)
        link = inviter.invite(tx, course, Role.STUDENT, None, teacher.id, NOW - timedelta(days=2)).link
        inviter.invite(tx, course, Role.ASSISTANT, "tobias@example.org", teacher.id, NOW)
        reset = printed_reset(tx, made.students[0], "", NOW)
        made.secrets["invitation"] = str(link).rsplit("/", 1)[-1]
        made.secrets["reset"] = reset.rsplit("/", 1)[-1]
        lms = "https://lms.example.org"
        platform = tx.lti_platforms.add("Moodle", lms, "client", f"{lms}/auth", f"{lms}/token", f"{lms}/jwks", (), NOW)
        tx.lti_links.connect(platform.id, "known", course.id, f"{lms}/members")
        tx.lti_links.put_link(platform.id, "known", "activity", asked.id, f"{lms}/line-item")
        launched = made.people["launched"] = account_of(tx, platform.id, "7", "Tom Teacher", teacher.email, NOW)
        asked_of = (("known", teacher), ("unknown", teacher), ("first", launched))
        for context_id, asked_person in asked_of:
            launch = Launch(
                platform=platform,
                deployment_id="1",
                message_type="LtiResourceLinkRequest",
                subject="7",
                email=teacher.email,
                name=teacher.name,
                role=Role.INSTRUCTOR,
                context_id=context_id,
                context_title="Deep learning",
                resource_link_id="new",
                resource_link_title="Homework 2",
                line_item_url=None,
                memberships_url=None,
                custom={},
                deep_linking=None,
            )
            made.secrets[f"{context_id} course"] = question.ask(self.context, tx, launch, asked_person)
        made.secrets["window"] = window.ticket(self.context, tx, teacher, "/")

    def sign_in(self, person: User) -> str:
        """The secret of a new session of a person, for a cookie."""
        secret = f"{person.email} {self.clock.now.isoformat()}"
        with self.context.database.transaction() as tx:
            if tx.accounts.session(digest(secret), NOW) is None:
                tx.accounts.start_session(person.id, digest(secret), "csrf", NOW, NOW + timedelta(hours=1))
        return secret


def lessened(report: Report, points: float) -> Report:
    """The report as a version would have given it that took so many points more from its last part that has them."""
    for place in reversed(range(len(report.parts))):
        part = report.parts[place]
        if points and part.points.given >= points:
            cut = replace(part, points=Score(part.points.given - points, part.points.maximum))
            parts = (*report.parts[:place], cut, *report.parts[place + 1 :])
            return replace(report, parts=parts, score=Score(report.score.given - points, report.score.maximum))
    return report


def made_course(tx: Transaction) -> Course:
    """The course."""
    course = tx.courses.by_slug(COURSE)
    assert course is not None
    return course


def _note_beginnings(tx: Transaction, made: Demonstration) -> None:
    """What the audit has of the first weeks: who joined, and an address that is long."""
    course, teacher, began = made_course(tx), made.people["instructor"], NOW - timedelta(days=30)
    for number, student in enumerate(made.students):
        joined = began + timedelta(hours=number)
        detail = {"email": student.email, "role": Role.STUDENT.value}
        tx.events.add("person.added", joined, user_id=teacher.id, course_id=course.id, detail=detail)
    url = f"https://register.example.org/{'grades/' * 30}"
    added = began + timedelta(days=2)
    tx.events.add("webhook.added", added, user_id=teacher.id, course_id=course.id, detail={"url": url})


def _course(tx: Transaction, names: Sequence[str], password_hash: str) -> tuple[Demonstration, CourseAssignment]:
    course = tx.courses.add(COURSE, "Neural networks by hand", "America/Toronto")
    staff = {}
    for role, name in ((Role.INSTRUCTOR, "Ines Tructor"), (Role.ASSISTANT, "Asta Nt")):
        person = tx.accounts.add_user(f"{role.value}@example.org", name, password_hash, NOW)
        tx.courses.enroll(course.id, person.id, role)
        staff[role.value] = person
    students = []
    for name in names:
        person = tx.accounts.add_user(f"{_address(name)}@example.org", name, password_hash, NOW - timedelta(days=60))
        tx.courses.enroll(course.id, person.id, Role.STUDENT)
        students.append(person)
    due = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    penalty = LateRule(Late.PENALTY, percent_per_day=10.0, grace_days=2)
    past = due - timedelta(days=21)
    tx.courses.add_assignment(course.id, "hw2-softmax", "Softmax classifier", 40.0, None, past, 10, late=penalty)
    asked = tx.courses.add_assignment(
        course.id, SLUG, "Neural network with NumPy", 100.0, None, due, 20, refill_per_day=3, late=penalty
    )
    later = due + timedelta(days=14)
    tx.courses.add_assignment(course.id, "hw2-layers-mlp", "Layers and experiments", 60.0, None, later, 10)
    hidden = due + timedelta(days=21)
    tx.courses.add_assignment(
        course.id, "ece544-derivatives", "Derivatives of layers", 30.0, None, hidden, None, visible=False
    )
    people = {
        **staff,
        "student": students[0],
        "operator": tx.accounts.add_user("operator@example.org", "Otto Perator", password_hash, NOW, True),
    }
    return Demonstration(people, students), asked


def _address(name: str) -> str:
    plain = "".join(letter if letter.isascii() else "x" for letter in name.lower())
    return plain.replace(" ", ".").replace("'", "")


def _broken(job: Job) -> Graded:
    raise RuntimeError("planted: the worker stops")
