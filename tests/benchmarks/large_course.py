"""A course of the size that pages must bear: 500 students, 12 assignments, 20,000 submissions, the same in every run.

Rows are written as they would be by the service, past it: what is measured is reading. Reports have the parts, checks,
pictures and sizes of real ones of `ece421-numpy-nn` (10 to 13 kB).
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, make_url

from grader.report import (
    CheckResult,
    Diagnosis,
    EpochPoint,
    PartResult,
    Report,
    Score,
    TensorResult,
    TrainingResult,
    Verdict,
)
from grader.report_json import to_json
from reference.catalog import Catalog
from submissions.clock import system_clock
from submissions.database import Database
from submissions.engines import writing_engine
from submissions.models import Role
from submissions.schema.marking_tables import extensions, overrides
from submissions.schema.tables import blobs, course_assignments, grading_parts, gradings, submissions

MODEL = "ece421-numpy-nn"
COURSE = "large"
BEGUN = datetime(2026, 9, 1, 12, tzinfo=UTC)
CODES = (
    "MEAN_OVER_BATCH_SHAPE",
    "RELU_MASK_MISSING",
    "SOFTMAX_UNSTABLE",
    "LOG_ZERO",
    "BIAS_NOT_SUMMED",
    "TOTAL_NOT_MEAN",
    "SIGN",
    "NO_MOMENTUM",
    "SOFTMAX_AXIS",
    "ASCENT",
    "UNFINISHED",
    "UNKNOWN",
)
BATCH = 1000  # rows in one statement


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    students: int = 500
    assignments: int = 12
    submissions: int = 20_000


@dataclass(frozen=True, slots=True)
class LargeCourse:
    """What was made: the folder of the database and of the assignments, their slugs, and whose pages to look at."""

    data: Path
    assignment_dirs: tuple[Path, ...]
    slugs: tuple[str, ...]
    instructor: str
    student: str
    submission: str


def make_large_course(folder: Path, password_hash: str, size: Size, rng: random.Random) -> LargeCourse:
    """Make it below `folder`, which is empty."""
    slugs = tuple(f"network-{number:02d}" for number in range(1, size.assignments + 1))
    catalogue = folder / "assignments"
    for slug in slugs:
        _copy_assignment(slug, catalogue)
    database = Database.open(f"sqlite:///{folder / 'chainrule.sqlite3'}", system_clock)
    database.migrate()
    try:
        with database.transaction() as tx:
            course = tx.courses.add(COURSE, "A large course", "America/Toronto")
            teacher = tx.accounts.add_user("teacher@example.org", "Teacher", password_hash, BEGUN)
            tx.courses.enroll(course.id, teacher.id, Role.INSTRUCTOR)
            students = []
            for number in range(1, size.students + 1):
                name, stored = f"Student {number:03d}", password_hash if number == 1 else None
                user = tx.accounts.add_user(f"s{number}@example.org", name, stored, BEGUN)
                tx.courses.enroll(course.id, user.id, Role.STUDENT)
                students.append(user.id)
            asked = []
            for number, slug in enumerate(slugs):
                due = BEGUN + timedelta(days=7 * (number + 1))
                one = tx.courses.add_assignment(course.id, slug, f"Network {number + 1}", 100.0, None, due, 10)
                asked.append(one.id)
    finally:
        database.close()
    engine = writing_engine(make_url(f"sqlite:///{folder / 'chainrule.sqlite3'}"))
    try:
        shown = _fill(engine, asked, students, teacher.id, size, rng)
    finally:
        engine.dispose()
    return LargeCourse(folder, (catalogue,), slugs, teacher.email, "s1@example.org", shown)


def _copy_assignment(slug: str, catalogue: Path) -> None:
    model = Path(__file__).parent.parent.parent / "reference" / "assignments" / MODEL
    shutil.copytree(model, catalogue / slug, ignore=shutil.ignore_patterns("__pycache__"))
    spec = catalogue / slug / "assignment.py"
    spec.write_text(spec.read_text(encoding="utf-8").replace(f'"{MODEL}"', f'"{slug}"'), encoding="utf-8")


def _fill(engine: Engine, asked: list[str], students: list[str], teacher: str, size: Size, rng: random.Random) -> str:
    """Write submissions and gradings; the id of one of the first student's."""
    folder = Catalog.builtin().get(MODEL)
    parts = [(part.name, part.points) for part in folder.assignment.parts]
    with engine.begin() as connection:
        for assignment in asked:
            policy = {"late": "penalty", "late_percent": 10.0, "grace_days": 1}
            connection.execute(course_assignments.update().where(course_assignments.c.id == assignment).values(policy))
        connection.execute(blobs.insert().values(sha256="0" * 64, data=folder.starter.encode()))
        kinds: dict[Any, list[dict[str, Any]]] = {submissions: [], gradings: [], grading_parts: []}
        for table, row in _rows(asked, students, parts, folder.version, size, rng):
            if table is submissions and len(kinds[submissions]) == BATCH:
                _write(connection, kinds)
            kinds[table].append(row)
        _write(connection, kinds)
        for student in students[: size.students // 20]:
            connection.execute(
                extensions.insert().values(
                    course_assignment_id=asked[0],
                    user_id=student,
                    due_at=BEGUN + timedelta(days=14),
                    more_attempts=1,
                    reason="ill",
                    by_id=teacher,
                    at=BEGUN,
                )
            )
        connection.execute(
            overrides.insert().values(
                submission_id="s0", points=50.0, maximum=100.0, comment="checked", by_id=teacher, at=BEGUN
            )
        )
    return "s0"


def _write(connection: Connection, kinds: dict[Any, list[dict[str, Any]]]) -> None:
    """Write what was gathered, what is referred to first."""
    for table, rows in kinds.items():
        connection.execute(table.insert(), rows)
        rows.clear()


def _rows(
    asked: list[str],
    students: list[str],
    parts: list[tuple[str, float]],
    version: str,
    size: Size,
    rng: random.Random,
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Rows of three tables in an order that no reference points ahead in."""
    numbers: dict[tuple[str, str], int] = {}
    for count in range(size.submissions):
        assignment = asked[count % len(asked)]
        student = students[0] if count == 0 else rng.choice(students)
        number = numbers[assignment, student] = numbers.get((assignment, student), 0) + 1
        at = BEGUN + timedelta(days=7 * (count % len(asked)) + 8 * rng.random(), seconds=count)
        report = _report(parts, rng)
        shared = {"id": f"g{count}", "submission_id": f"s{count}"}
        yield (
            submissions,
            {
                "id": f"s{count}",
                "course_assignment_id": assignment,
                "user_id": student,
                "number": number,
                "filename": "a1.py",
                "size_bytes": 2000,
                "sha256": "0" * 64,
                "created_at": at,
                "current_grading_id": f"g{count}",
            },
        )
        yield gradings, shared | _grading(report, at, version)
        for position, part in enumerate(report.parts):
            codes = [check.diagnosis.code for check in part.checks if check.diagnosis]
            yield (
                grading_parts,
                {
                    "grading_id": f"g{count}",
                    "position": position,
                    "name": part.name,
                    "given": part.points.given,
                    "maximum": part.points.maximum,
                    "codes": codes,
                },
            )


def _grading(report: Report, at: datetime, version: str) -> dict[str, Any]:
    return {
        "number": 1,
        "reason": "submitted",
        "state": "done",
        "created_at": at,
        "started_at": at,
        "finished_at": at + timedelta(seconds=1),
        "lane": "live",
        "priority": 0,
        "fair_tag": 0,
        "available_at": at,
        "attempts": 1,
        "version": version,
        "seed": "secret:0",
        "score_given": report.score.given,
        "score_maximum": report.score.maximum,
        "report": to_json(report),
    }


def _report(parts: list[tuple[str, float]], rng: random.Random) -> Report:
    made = tuple(_part(name, points, rng) for name, points in parts)
    given = sum(part.points.given for part in made)
    score, printed = Score(given, sum(points for _, points in parts)), "epoch 0\n" * 40
    return Report(MODEL, "", score, made, (_training(rng),), (), (), printed, "", "full", {}, 1)


def _part(name: str, points: float, rng: random.Random) -> PartResult:
    checks = []
    for share in (0.25, 0.75):
        right = rng.random() < 0.8
        verdict = Verdict.PASSED if right else Verdict.WRONG
        size = (1, 1) if right else (7, 9)
        entries = tuple(tuple(round(-16 * rng.random(), 2) for _ in range(size[1])) for _ in range(size[0]))
        diagnosis = None if right else Diagnosis(rng.choice(CODES), {"shape": [1, 3], "expected": [5, 3]})
        tensor = TensorResult("dW", verdict, (7, 9), (7, 9), 1e-12 if right else 3.0, 1e-9, entries)
        score = Score(points * share if right else 0.0, points * share)
        checks.append(CheckResult("gradient", name, verdict, score, 0.01, diagnosis, (tensor,), 7 if right else 2, 7))
    return PartResult(name, Score(sum(one.points.given for one in checks), points), tuple(checks))


def _training(rng: random.Random) -> TrainingResult:
    curve = tuple(EpochPoint(5 * epoch, 2.0 / (epoch + 1), 0.9, 2.1 / (epoch + 1), 0.88) for epoch in range(25))
    confusion = tuple(tuple(rng.randrange(30) for _ in range(10)) for _ in range(10))
    return TrainingResult("train", "digits", {"lr": 0.1}, 0.92, 0.999, 0.99, 0.95, 0.3, curve, curve, confusion)
