"""What saving the settings of an assignment would do to grades, shown before it is done."""

from dataclasses import dataclass
from hashlib import sha256

from app.access import Membership
from app.errors import BadForm
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import CourseAssignment, Role, User
from submissions.regrading import Difference
from submissions.rule_changes import grades_under

ANSWER_FIELD = "answer"
"""What was pressed on that page: `back`, or what was seen there."""

BACK = "back"
EXAMPLES = 8
"""Students who are named: the largest changes show whether it is meant, and the page stays one screen."""


@dataclass(frozen=True, slots=True)
class GradePreview:
    """Whose grades change. seen: names the settings that these numbers are for, to be sent back."""

    changes: tuple[tuple[User, Difference], ...]
    seen: str

    @property
    def up(self) -> int:
        """How many grades rise."""
        return sum(one.step > 0 for _user, one in self.changes)

    @property
    def down(self) -> int:
        """How many fall."""
        return sum(one.step < 0 for _user, one in self.changes)

    @property
    def examples(self) -> tuple[tuple[User, Difference], ...]:
        """The largest changes."""
        return self.changes[:EXAMPLES]


class GradesChange(BadForm):
    """Nothing is saved yet: the page asks."""

    def __init__(self, preview: GradePreview) -> None:
        super().__init__(_("Saving this changes grades."))
        self.preview = preview


def ask_first(
    tx: Transaction, member: Membership, before: CourseAssignment, after: CourseAssignment, answer: str
) -> None:
    """Return where no grade of a student changes, or where `answer` says that it was seen. Raises GradesChange."""
    seen = sha256(repr((before, after)).encode()).hexdigest()[:16]
    if answer == seen:  # what was asked meanwhile by somebody else, or another form, is asked about anew
        return
    students = {one.user.id: one.user for one in tx.courses.people(member.course) if one.role is Role.STUDENT}
    attempts, extensions = tx.gradings.attempts(after.id), tx.extensions.of(after.id)
    found = grades_under(after, attempts, extensions, member.course.time_zone)
    changes = [(students[one.user_id], one) for one in found if one.user_id in students]
    if changes:
        changes.sort(key=lambda change: (-abs(change[1].step), change[0].name))
        raise GradesChange(GradePreview(tuple(changes), seen))
