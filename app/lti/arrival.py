"""From a launch to a place here: whose account, which course, which assignment, and what is still to be decided."""

from dataclasses import dataclass
from enum import Enum

from app.context import Context
from app.errors import BadLaunch
from app.lti import names
from app.lti.launch import Launch
from app.lti.people import account_of
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import Course, CourseAssignment, Role, User
from submissions.roster import follow_platform
from submissions.scores_owed import owe_score, owe_scores

ASSIGNMENT = "chainrule_assignment"  # the custom parameter that deep linking leaves with an activity


class Open(Enum):
    """What is not decided yet about a launch."""

    COURSE = "course"
    ASSIGNMENT = "assignment"
    CHOICE = "choice"  # deep linking: which assignment the new activity shall open


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came, and to what; `open` is what staff are asked first."""

    user: User
    role: Role
    course: Course | None
    assignment: CourseAssignment | None
    open: Open | None


def arrive(context: Context, tx: Transaction, launch: Launch) -> Arrival:
    """Take in a person who was launched here. Raises BadLaunch where somebody comes to what others set up.

    The platform knows who is what in its course: the role follows every launch, but for the last instructor's.
    """
    now = context.clock()
    user = account_of(tx, launch.platform.id, launch.subject, launch.name, launch.email, now)
    tx.lti_links.add_member(launch.platform.id, launch.context_id, user.id)
    connected = tx.lti_links.context(launch.platform.id, launch.context_id)
    course = tx.courses.by_id(connected.course_id) if connected else None
    if course is None:
        only_instructor(launch.role)
        return Arrival(user, launch.role, None, None, Open.COURSE)
    role = follow_platform(tx, course, user, launch.role, launch.platform.id, user, now)
    if launch.memberships_url:
        tx.lti_links.connect(launch.platform.id, launch.context_id, course.id, launch.memberships_url)
    if launch.message_type == names.DEEP_LINKING_REQUEST:
        _only_staff(role, _("Only staff choose assignments for a course."))
        return Arrival(user, role, course, None, Open.CHOICE)
    assignment = _assignment(tx, launch, course)
    if assignment is None:
        _only_staff(role, _("This activity has no assignment yet. Your instructor has to open it first."))
        return Arrival(user, role, course, None, Open.ASSIGNMENT)
    settle(
        context, tx, launch.platform.id, launch.context_id, launch.resource_link_id, assignment, launch.line_item_url
    )
    owe_scores(tx, course.id, user.id, now)
    return Arrival(user, role, course, assignment, None)


def only_instructor(role: Role) -> None:
    """Return if who has this role in a course of a platform may connect it with one of ours. Raises BadLaunch."""
    if role is not Role.INSTRUCTOR:
        raise BadLaunch(_("This course is not connected yet. Your instructor has to open this activity first."))


def settle(
    context: Context,
    tx: Transaction,
    platform_id: str,
    context_id: str,
    resource_link_id: str,
    assignment: CourseAssignment,
    line_item_url: str | None,
) -> None:
    """This activity opens that assignment; every score that counts already is owed to it."""
    known = tx.lti_links.link(platform_id, context_id, resource_link_id)
    link = tx.lti_links.put_link(platform_id, context_id, resource_link_id, assignment.id, line_item_url)
    if known == link:
        return
    if known is not None and known.line_item_url is not None:
        tx.lti_scores.elsewhere(link.id, context.clock())
    for learner in tx.courses.learners(assignment.course_id):
        owe_score(tx, assignment.id, learner.id, context.clock())


def _assignment(tx: Transaction, launch: Launch, course: Course) -> CourseAssignment | None:
    known = tx.lti_links.link(launch.platform.id, launch.context_id, launch.resource_link_id)
    if known is not None:
        return tx.courses.assignment(known.course_assignment_id)
    slug = launch.custom.get(ASSIGNMENT, "")
    return next((one for one in tx.courses.assignments(course.id) if one.slug == slug), None)


def _only_staff(role: Role, sentence: str) -> None:
    if not role.is_staff:
        raise BadLaunch(sentence)
