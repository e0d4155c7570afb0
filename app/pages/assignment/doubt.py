"""A file in which there is nothing to grade, asked about before it uses an attempt: is it handed in all the same?

The look is the one of "Check first": the file is read by a process of its own and never here. Where that cannot answer
now, nothing is asked and the file is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.access import assignment_of, assignments_of, membership
from app.context import Context
from app.errors import BadForm
from app.pages.assignment.assignment_page import assignment_path
from app.pages.assignment.checked import Checked, checked
from app.pages.assignment.kept_file import KeptFile, kept
from app.permissions import Action
from app.uploads import UploadedFile
from grader.naming import bind
from grader.precheck import precheck
from grader.sandbox.outline import Outline
from grader.translation import gettext as _
from reference.catalog import AssignmentFolder
from reference.errors import AssignmentInvalid, UnknownAssignment
from submissions.models import CourseAssignment, User
from submissions.policy import may_submit
from submissions.uploads.intake import ReceivedUpload

LEAST_SHARE = 0.5
"""Of the names that another assignment asks for; single ones, such as `softmax`, are asked for by several."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """The assignment that a file is for, by its names. path: where the course has it, or empty."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was found, the assignment that the file may be for, and the file, for whoever hands it in all the same."""

    checked: Checked
    fitting: Fitting | None
    file: KeptFile


class InDoubt(BadForm):
    """Nothing was kept yet, and the page asks."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(_("Nothing in this file can be graded."))
        self.doubt = doubt


def clear_of_doubt(
    context: Context, user: User, course: str, assignment: str, upload: UploadedFile, received: ReceivedUpload
) -> None:
    """Return if there is something to grade, or if nobody can tell now. Raises InDoubt, and what handing in raises.

    Whoever may not hand in at this moment learns that first.
    """
    now = context.clock()
    with context.database.reading() as tx:
        member = membership(tx, user, course, Action.SUBMIT)
        asked = assignment_of(tx, member, assignment)
        may_submit(asked, member.role, tx.submissions.attempts_used(asked.id, user.id), now)
        in_course = assignments_of(tx, member)
    file = kept(upload, context.settings.upload_max_bytes)
    if file is None:
        return
    try:
        folder = context.catalog.get(asked.slug)
    except (UnknownAssignment, AssignmentInvalid):
        return  # of a course whose folder is broken work is kept until it is mended
    told = context.check_desk.glance(user.id, received.upload)
    found = precheck(folder.assignment, told)
    if found.nothing:
        others = [other for other in context.catalog.usable() if other.assignment.slug != asked.slug]
        fitting = _fitting(told, others, in_course, course) if isinstance(told, Outline) else None
        raise InDoubt(Doubt(checked(received, found), fitting, file))


def _fitting(
    told: Outline, others: Sequence[AssignmentFolder], in_course: Sequence[CourseAssignment], course: str
) -> Fitting | None:
    """The one of whose names the most are there, at least half of them; of equals one of the course."""
    titles = {asked.slug: asked.title for asked in in_course}
    best = max(others, key=lambda other: (_share(told, other), other.assignment.slug in titles), default=None)
    if best is None or _share(told, best) < LEAST_SHARE:
        return None
    slug = best.assignment.slug
    return Fitting(titles.get(slug, best.assignment.title), assignment_path(course, slug) if slug in titles else "")


def _share(told: Outline, folder: AssignmentFolder) -> float:
    functions = [
        function for function in folder.assignment.functions if function.name not in folder.assignment.optional
    ]
    return len(bind(functions, told.definitions)) / len(functions) if functions else 0.0
