"""The page of an assignment: what is asked, the upload form (again, after a refusal), and one's own results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from markupsafe import Markup, escape
from starlette.responses import Response

from app.access import assignment_of, membership
from app.context import Context
from app.lti import linking
from app.pages.account.time_zones import read_by
from app.pages.assignment.attempts import history_of, newest_first
from app.pages.assignment.handout import handout
from app.pages.assignment.policy_words import policy_lines
from app.pages.assignment.refusal import Refusal
from app.pages.assignment.refusal import closed as closed_refusal
from app.pages.numbers import listed
from app.pages.render import render
from app.pages.texts import text as _
from app.pages.times import day_and_time, zone_name
from grader import report_json
from grader.report import Score
from grader.translation import gettext_noop
from reference.spec import (
    Assignment,
    Cases,
    Check,
    Contract,
    Descent,
    DrawnBatches,
    Forward,
    Gradient,
    History,
    Part,
    Property,
    Stability,
    Training,
    UpdateRule,
)
from submissions.database import Transaction
from submissions.errors import AttemptsUsed, DeadlinePassed, NotOpenYet, SubmissionRefused
from submissions.grades import best_of
from submissions.models import Course, CourseAssignment, LoginSession, Role
from submissions.policy import allowance, may_submit
from submissions.uploads.intake import ENDINGS

CHECKED: Mapping[type[Check], str] = {
    Contract: gettext_noop("shape, type, inputs left alone"),
    Forward: gettext_noop("values"),
    Stability: gettext_noop("extreme inputs"),
    Cases: gettext_noop("special inputs"),
    Property: gettext_noop("properties"),
    Gradient: gettext_noop("gradient"),
    UpdateRule: gettext_noop("update rule"),
    DrawnBatches: gettext_noop("drawn batches"),
    Training: gettext_noop("accuracy after training"),
    History: gettext_noop("recorded history"),
    Descent: gettext_noop("accuracy after training"),
}
"""What a student reads of each kind of check."""


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the assignment and what is checked in it; an optional one is graded if it is written, for no points."""

    name: str
    points: float
    checked: str
    optional: bool


def assignment_path(course: str, assignment: str) -> str:
    """The address of a course's assignment."""
    return f"/courses/{course}/assignments/{assignment}"


def assignment_page(
    request: Request,
    context: Context,
    login: LoginSession,
    course_slug: str,
    assignment_slug: str,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
    refused: SubmissionRefused | None = None,
    checked: object = None,
    doubt: object = None,
    pasted: str = "",
) -> Response:
    """The page, with `refusal`, `doubt` or what was `checked` beside the form and `pasted` kept in it. Raises NotFound.

    refused: why the moment is not right, which is said by the course's clock and not by the error's own words.
    """
    now = context.clock()
    with context.database.reading() as tx:
        member = membership(tx, login.user, course_slug)
        asked = assignment_of(tx, member, assignment_slug)
        attempts = newest_first(tx.gradings.attempts(asked.id, login.user.id))
        used = tx.submissions.attempts_used(asked.id, login.user.id)
        extension = tx.extensions.get(asked.id, login.user.id)
        best = best_of(attempts)
        best_parts = _parts_of(tx, best.submission.id) if best else {}
        questions = tx.questions.about([one.submission.id for one in attempts])
        launched_from = None if attempts else linking.offered(tx, login.user)  # before there is work of two accounts
    folder = context.catalog.get(asked.slug)
    course = read_by(member.course, login.user)
    closed = closed_words(asked, course, member.role, used, now)
    if refused is not None:
        status, refusal = 403, closed_refusal(refused_words(refused, course, now))
    return render(
        request,
        "assignment.html",
        status,
        login=login,
        course=course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        spec=folder.assignment,
        handout=handout(folder.handout),
        parts=part_lines(folder.assignment),
        best=best.grade if best else None,
        best_parts=best_parts,
        attempts=attempts,
        questions=questions,
        allowance=allowance(asked, used, now),
        policy=policy_lines(asked, course, now),
        extension=extension,
        history=history_of(attempts),
        staff=member.role.is_staff,
        launched_from=launched_from,
        closed=closed,
        moment_refused=refused is not None,
        refusal=refusal,
        checked=checked,
        doubt=doubt,
        pasted=pasted,
        kinds=ENDINGS,
        upload_max_bytes=context.settings.upload_max_bytes,
        now=now,
    )


def closed_words(
    asked: CourseAssignment, course: Course, role: Role, used: Sequence[datetime], now: datetime
) -> Markup:
    """Why nothing can be handed in now, with times in the course's zone; empty where it can."""
    try:
        may_submit(asked, role, used, now)
    except SubmissionRefused as error:
        return refused_words(error, course, now)
    return Markup()


def refused_words(error: SubmissionRefused, course: Course, now: datetime) -> Markup:
    """Why nothing can be handed in at this moment, with times in the zone of `course`."""
    match error:
        case NotOpenYet():
            return _("Uploads open on {time}.", time=_at(error.opens_at, course, now))
        case DeadlinePassed():
            return _("The deadline was {time}.", time=_at(error.due_at, course, now))
        case AttemptsUsed(next_at=datetime() as next_at):
            return _("All attempts are used. The next one comes back {time}.", time=_at(next_at, course, now))
        case _words_of_its_own:
            return escape(error.sentence)


def part_lines(spec: Assignment) -> tuple[PartLine, ...]:
    """The parts with what is checked, each kind once."""
    return tuple(PartLine(part.name, part.points, _checked(part), part.optional) for part in spec.parts)


def _at(moment: datetime, course: Course, now: datetime) -> Markup:
    time, zone = day_and_time(moment, course.time_zone, now), zone_name(moment, course.time_zone)
    return _("{time} ({zone})", time=time, zone=zone)


def _checked(part: Part) -> str:
    kinds = []
    for check in part.checks:
        word = _(CHECKED[type(check)])
        if isinstance(check, Gradient):
            word = _("{kind} of {tensors}", kind=word, tensors=listed(list(check.tensor_points)))
        kinds.append(word)
    return Markup("; ").join(dict.fromkeys(kinds))


def _parts_of(tx: Transaction, submission_id: str) -> dict[str, Score]:
    grading = tx.gradings.current(submission_id)
    if grading is None or grading.report is None:
        return {}
    return {part.name: part.points for part in report_json.from_json(grading.report).parts}
