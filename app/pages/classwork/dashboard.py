"""A class at a glance: the gradebook of one assignment as figures, a distribution, part by part, cause by cause."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median, quantiles

from app.pages.classwork.stuck import Stuck, stuck_students
from app.pages.classwork.student_filter import is_late
from app.pages.pictures.histogram import histogram
from app.pages.pictures.picture import Picture
from app.pages.verdicts import Share, share
from grader.help.shelf import help_path, pages
from grader.report import Score
from grader.translation import gettext as _
from submissions.models import Attempt, GradebookRow, State

CONSEQUENCE = "FOLLOWS_FROM"  # how the codes of a failure begin whose cause is named elsewhere in the same report
FEWEST_FOR_QUARTERS = 4
Sentence = Callable[[GradebookRow, str], str | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """A student's points of a part; `share` None where nothing is graded."""

    points: Score | None

    @property
    def share(self) -> Share | None:
        """Full, some or none."""
        return share(self.points) if self.points else None


@dataclass(frozen=True, slots=True)
class StudentRow:
    """A line of the table of students by parts."""

    row: GradebookRow
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PartRate:
    """How many of the graded students have full points of a part."""

    name: str
    points: float
    full: int
    graded: int

    @property
    def percent(self) -> int:
        """Share of full points, in percent."""
        return round(100 * self.full / self.graded) if self.graded else 0


@dataclass(frozen=True, slots=True)
class Cause:
    """Students whose best attempt has the same diagnosis code; `sentence` is that of the first, with its numbers.

    share: of the most frequent cause, in percent.
    """

    code: str
    sentence: str | None
    rows: tuple[GradebookRow, ...]
    share: int

    @property
    def title(self) -> str | None:
        """What the code means, whoever has it; None for a code of an older version that has no page any more."""
        page = pages().get(self.code)
        return _(page.title) if page else None

    @property
    def help(self) -> str | None:
        """Where the page of help on this code is."""
        return help_path(self.code)


@dataclass(frozen=True, slots=True)
class QueueNow:
    """What of an assignment is not graded yet; `since` is when the oldest of it was handed in."""

    waiting: int
    running: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Tries:
    """How often those who began have handed in: the middle one, and the most."""

    middle: float
    most: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything the page of an assignment shows to staff.

    quarters: the scores below which a quarter, half and three quarters of the graded students are; None for fewer than
    four of them. tries: None where nobody has begun. late: whose attempt that counts came after the due date.
    """

    students: tuple[StudentRow, ...]
    graded: int
    not_started: int
    late: int
    quarters: tuple[float, float, float] | None
    tries: Tries | None
    maximum: float
    middle: float | None
    full_marks: int
    ungraded: int
    queue: QueueNow
    outdated: int
    stuck: tuple[Stuck, ...]
    distribution: Picture | None
    rates: tuple[PartRate, ...]
    causes: tuple[Cause, ...]


def dashboard(
    rows: Sequence[GradebookRow],
    attempts: Sequence[Attempt],
    parts: Mapping[str, float],
    maximum: float,
    version: str,
    sentence: Sentence,
) -> Dashboard:
    """Works out the page.

    parts: name -> points in order. maximum: what the assignment is worth in the course. version: of the assignment as
    it is now. sentence: words a code as met in a student's report.
    """
    scores = [row.score_given for row in rows if row.score_given is not None]
    students = tuple(StudentRow(row, tuple(_cell(row, part) for part in parts)) for row in rows)
    cells = zip(*(student.cells for student in students), strict=True) if students else ((),) * len(parts)
    return Dashboard(
        students=students,
        graded=len(scores),
        not_started=sum(row.state is None for row in rows),
        late=sum(map(is_late, rows)),
        quarters=_quarters(scores),
        tries=_tries(rows),
        maximum=maximum,
        middle=median(scores) if scores else None,
        full_marks=sum(score >= maximum for score in scores),
        ungraded=sum(row.state is State.FAILED for row in rows),
        queue=_queue(attempts),
        outdated=sum(attempt.version not in (None, version) for attempt in attempts),
        stuck=stuck_students(rows, attempts, maximum),
        distribution=histogram(scores, maximum) if scores and maximum > 0 else None,
        rates=tuple(_rate(name, points, of) for (name, points), of in zip(parts.items(), cells, strict=True)),
        causes=_causes(rows, sentence),
    )


def _quarters(scores: Sequence[float]) -> tuple[float, float, float] | None:
    if len(scores) < FEWEST_FOR_QUARTERS:
        return None
    low, middle, high = quantiles(scores, n=4, method="inclusive")
    return low, middle, high


def _tries(rows: Sequence[GradebookRow]) -> Tries | None:
    made = [row.attempts for row in rows if row.attempts]
    return Tries(median(made), max(made)) if made else None


def _cell(row: GradebookRow, part: str) -> Cell:
    found = row.part_points.get(part)
    return Cell(Score(*found) if found else None)


def _rate(part: str, points: float, cells: Sequence[Cell]) -> PartRate:
    graded = [cell for cell in cells if cell.points]
    return PartRate(part, points, sum(cell.share is Share.FULL for cell in graded), len(graded))


def _causes(rows: Sequence[GradebookRow], sentence: Sentence) -> tuple[Cause, ...]:
    """Most frequent first; of equals the one met first. What merely follows from another cause is none."""
    by_code: dict[str, list[GradebookRow]] = {}
    for row in rows:
        for code in row.codes:
            if code.startswith(CONSEQUENCE):
                continue
            by_code.setdefault(code, []).append(row)
    ordered = sorted(by_code.items(), key=lambda item: -len(item[1]))
    most = len(ordered[0][1]) if ordered else 1
    return tuple(
        Cause(code, sentence(found[0], code), tuple(found), round(100 * len(found) / most)) for code, found in ordered
    )


def _queue(attempts: Sequence[Attempt]) -> QueueNow:
    waiting = [attempt for attempt in attempts if attempt.state is State.QUEUED]
    running = [attempt for attempt in attempts if attempt.state is State.RUNNING]
    since = min((attempt.submission.created_at for attempt in (*waiting, *running)), default=None)
    return QueueNow(len(waiting), len(running), since)
