"""From a name in an address to the thing itself, if this person may: what is not theirs is not there."""

from dataclasses import dataclass

from app.errors import NotAllowed, NotFound
from app.permissions import ROLES, Action, may, role_of
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import Course, CourseAssignment, Role, Submission, User


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in a course with what the role allows."""

    course: Course
    user: User
    role: Role

    def may(self, action: Action) -> bool:
        """Whether this person may do `action` here."""
        return may(self.role, action)

    def require(self, action: Action) -> None:
        """Raises NotAllowed unless this person may do `action` here."""
        if not self.may(action):
            raise NotAllowed(
                _(
                    "Your role in this course, {role}, does not allow you to {action}.",
                    role=_(ROLES[self.role]),
                    action=_(action.value),
                )
            )


@dataclass(frozen=True, slots=True)
class SeenSubmission:
    """A submission that this person may look at, with the assignment as it is asked of its author."""

    submission: Submission
    assignment: CourseAssignment
    membership: Membership


def role_in(tx: Transaction, course: Course, user: User) -> Role | None:
    """The role of `user`; an operator counts as an instructor everywhere."""
    return role_of(tx.courses.role(course.id, user.id), user.is_operator)


def membership(tx: Transaction, user: User, course_slug: str, action: Action = Action.SEE_COURSE) -> Membership:
    """`user` in the course. Raises NotFound for no course or a stranger's, NotAllowed for a role that may not."""
    course = tx.courses.by_slug(course_slug)
    role = role_in(tx, course, user) if course else None
    if course is None or role is None:
        raise NotFound(_("There is no such course, or you are not in it."))
    member = Membership(course, user, role)
    member.require(action)
    return member


def assignments_of(tx: Transaction, member: Membership) -> list[CourseAssignment]:
    """What the course asks of this person: with their extensions, and to students nothing hidden."""
    return [
        tx.extensions.asked_of(assignment, member.user.id)
        for assignment in tx.courses.assignments(member.course.id)
        if assignment.visible or member.may(Action.SEE_HIDDEN)
    ]


def assignment_of(tx: Transaction, member: Membership, slug: str) -> CourseAssignment:
    """The course's assignment called `slug`, as it is asked of this person. Raises NotFound."""
    return tx.extensions.asked_of(assignment_asked(tx, member, slug), member.user.id)


def assignment_asked(tx: Transaction, member: Membership, slug: str) -> CourseAssignment:
    """The course's assignment called `slug`, as it is asked of everybody. Raises NotFound."""
    for assignment in tx.courses.assignments(member.course.id):
        if assignment.slug == slug and (assignment.visible or member.may(Action.SEE_HIDDEN)):
            return assignment
    raise NotFound(_("This course has no assignment of that name."))


def asked_in(
    tx: Transaction, user: User, course_slug: str, slug: str, action: Action
) -> tuple[Membership, CourseAssignment]:
    """The assignment as it is asked of everybody, for somebody who may do `action`. Raises NotFound, NotAllowed."""
    member = membership(tx, user, course_slug, action)
    return member, assignment_asked(tx, member, slug)


def seen_submission(tx: Transaction, user: User, submission_id: str) -> SeenSubmission:
    """The submission, if it is the person's own or the person is staff of its course. Raises NotFound otherwise."""
    missing = NotFound(_("There is no such submission among those you may see."))
    submission = tx.submissions.get(submission_id)
    assignment = tx.courses.assignment(submission.course_assignment_id) if submission else None
    course = tx.courses.by_id(assignment.course_id) if assignment else None
    if submission is None or assignment is None or course is None:
        raise missing
    role = role_in(tx, course, user)
    if role is None:
        raise missing
    member = Membership(course, user, role)
    own = submission.user_id == user.id and member.may(Action.SEE_OWN_SUBMISSIONS)
    if not own and not member.may(Action.SEE_ALL_SUBMISSIONS):
        raise missing
    if not assignment.visible and not member.may(Action.SEE_HIDDEN):
        raise missing
    return SeenSubmission(submission, tx.extensions.asked_of(assignment, submission.user_id), member)
