"""A course to look around in: people, and a dozen pieces of work between empty and perfect, handed in for real."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import NotAllowed
from app.passwords import Passwords
from app.settings import Environment, Settings
from reference.catalog import AssignmentFolder, Catalog
from submissions.database import Database, Transaction
from submissions.models import CourseAssignment, Role, User
from submissions.receiving import submit
from submissions.uploads.intake import receive

COURSE = "demo"
ASSIGNMENT = "ece421-numpy-nn"
TIME_ZONE = "America/Toronto"
DUE_IN = timedelta(days=21)

INSTRUCTOR = ("instructor@demo.example", "Ines Tructor")
ASSISTANT = ("assistant@demo.example", "Asta Nt")
PASSWORDS = {INSTRUCTOR[0]: "demo-instructor", ASSISTANT[0]: "demo-assistant"}
STUDENT_PASSWORD = "demo-student"  # noqa: S105  # published on purpose; production refuses the demo

STUDENTS = (
    "Ada Novak",
    "Bashir Khan",
    "Chiara Conti",
    "Daniel Osei",
    "Emi Tanaka",
    "Farid Haddad",
    "Greta Lind",
    "Hugo Moreau",
    "Imani Diallo",
    "Jonas Weber",
    "Kavya Iyer",
    "Lucía Romero",
    "Mateusz Zając",
    "Nora Byrne",
)


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work: `source` is solution, starter, or the stem of one of the assignment's mistakes."""

    student: int
    source: str
    filename: str


WORKS = (
    Work(0, "starter", "a1.py"),
    Work(0, "RELU_MASK_MISSING", "a1.py"),
    Work(0, "solution", "a1_final.py"),
    Work(1, "MEAN_OVER_BATCH_SHAPE", "assignment1.py"),
    Work(2, "SOFTMAX_UNSTABLE", "nn.py"),
    Work(3, "LOG_ZERO", "a1.py"),
    Work(4, "solution", "emi_a1.py"),
    Work(5, "BIAS_NOT_SUMMED", "backprop.py"),
    Work(6, "SIGN.grad_ce", "a1.py"),
    Work(7, "NO_MOMENTUM", "train.py"),
    Work(8, "TOTAL_NOT_MEAN.average_ce", "a1.py"),
    Work(9, "SOFTMAX_AXIS", "jonas.py"),
    Work(10, "ASCENT", "a1.py"),
    Work(11, "PREACT_USED_AS_ACTIVATION", "tarea1.py"),
    Work(12, "starter", "a1.py"),
)


def student_email(name: str) -> str:
    """The address of a demo student: the first name at demo.example."""
    plain = name.split()[0].lower().replace("í", "i")
    return f"{plain}@demo.example"


LOGINS = (
    (INSTRUCTOR[0], PASSWORDS[INSTRUCTOR[0]]),
    (ASSISTANT[0], PASSWORDS[ASSISTANT[0]]),
    (student_email(STUDENTS[0]), STUDENT_PASSWORD),
)
"""E-mail and password of one person of each role; every student has the same password."""


def make_demo(database: Database, catalog: Catalog, settings: Settings, now: datetime) -> int:
    """Make what is missing of the demo course and return how many submissions that queued; twice queues none.

    Raises NotAllowed in production: the passwords are published.
    """
    if settings.environment is Environment.PRODUCTION:
        raise NotAllowed("The demo course has published passwords; it is not made in production.")
    folder = catalog.get(ASSIGNMENT)
    passwords = Passwords.recommended()
    hashes = {email: passwords.hash(password) for email, password in PASSWORDS.items()}
    for_students = passwords.hash(STUDENT_PASSWORD)
    with database.transaction() as tx:
        asked = _course(tx, folder, now)
        for email, name in (INSTRUCTOR, ASSISTANT):
            role = Role.INSTRUCTOR if email == INSTRUCTOR[0] else Role.ASSISTANT
            _person(tx, asked, email, name, hashes[email], role, now)
        students = [_person(tx, asked, student_email(name), name, for_students, Role.STUDENT, now) for name in STUDENTS]
    with database.transaction() as tx:
        return sum(_hand_in(tx, asked, students[work.student], work, folder, now) for work in WORKS)


def _course(tx: Transaction, folder: AssignmentFolder, now: datetime) -> CourseAssignment:
    course = tx.courses.by_slug(COURSE) or tx.courses.add(COURSE, "Demo: neural networks by hand", TIME_ZONE)
    for assignment in tx.courses.assignments(course.id):
        if assignment.slug == folder.assignment.slug:
            return assignment
    asked = folder.assignment
    return tx.courses.add_assignment(course.id, asked.slug, asked.title, asked.points, None, now + DUE_IN, None)


def _person(
    tx: Transaction, asked: CourseAssignment, email: str, name: str, password_hash: str, role: Role, now: datetime
) -> User:
    user = tx.accounts.by_email(email) or tx.accounts.add_user(email, name, password_hash, now)
    if tx.courses.role(asked.course_id, user.id) is None:
        tx.courses.enroll(asked.course_id, user.id, role)
    return user


def _hand_in(
    tx: Transaction, asked: CourseAssignment, user: User, work: Work, folder: AssignmentFolder, now: datetime
) -> bool:
    """Hand in through the same door as everybody; the idempotency key makes a second time count for nothing."""
    sources = {"solution": folder.solution, "starter": folder.starter, **folder.mistakes}
    submitted = submit(
        tx,
        course_assignment=asked,
        user=user,
        role=Role.STUDENT,
        received=receive(work.filename, sources[work.source].encode()),
        idempotency_key=f"demo {work.source}",
        now=now,
    )
    return not submitted.replayed
