"""A regrade of an assignment on a page, or of one submission: try it, see who would change by how much, apply, undo."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.access import Membership, asked_in, seen_submission
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import NotFound
from app.pages.assignment.assignment_page import assignment_path
from app.pages.render import render
from app.permissions import Action
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.errors import RegradeRefused
from submissions.marking import Regrade, Regraded, RegradeState
from submissions.models import CourseAssignment, LoginSession, State, User
from submissions.regrading import (
    Difference,
    apply_regrade,
    begin_regrade,
    differences,
    discard_regrade,
    undo_regrade,
)
from submissions.repository.names import NamedAttempt

STEPS: dict[str, Callable[[Transaction, Regrade, CourseAssignment, User, Context], object]] = {
    "apply": lambda tx, regrade, asked, by, context: apply_regrade(tx, regrade, asked, by, context.clock()),
    "undo": lambda tx, regrade, asked, by, context: undo_regrade(tx, regrade, asked, by, context.clock()),
    "discard": lambda tx, regrade, asked, by, context: discard_regrade(tx, regrade, asked, by, context.clock()),
}
"""What can be done to a regrade, by the last word of the address."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A regrade on the page: how far it is, and whose grade it changes, with their names.

    only: the one submission that it is of; result: what the checks give it, once they have.
    """

    regrade: Regrade
    done: int
    open: int
    failed: int
    total: int
    changes: tuple[tuple[User, Difference], ...]
    only: NamedAttempt | None = None
    submission_id: str = ""
    result: Regraded | None = None

    @property
    def up(self) -> int:
        """How many grades rise."""
        return sum(one.step > 0 for _user, one in self.changes)

    @property
    def down(self) -> int:
        """How many fall."""
        return sum(one.step < 0 for _user, one in self.changes)


def make_router() -> APIRouter:
    """/courses/{course}/assignments/{assignment}/regrade and what belongs to it."""
    router = APIRouter()
    path = f"{assignment_path('{course}', '{assignment}')}/regrade"
    router.add_api_route(path, show, methods=["GET"])
    router.add_api_route(path, begin, methods=["POST"])
    router.add_api_route(f"{path}/{{regrade}}/{{step}}", take, methods=["POST"])
    router.add_api_route("/submissions/{submission}/regrade", begin_one, methods=["POST"])
    router.add_api_route("/submissions/{submission}/regrade", back_to_submission, methods=["GET"])
    return router


def show(request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """What could be regraded, what is being tried, and what was applied."""
    return _page(request, context, login, course, assignment, "")


async def begin(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str
) -> Response:
    """Try a regrade: grade everything anew and keep the results aside."""
    return await _done(
        request, context, login, course, assignment, lambda: _begin(context, login.user, course, assignment)
    )


async def begin_one(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, submission: str
) -> Response:
    """Try a regrade of one submission; it is looked at and applied where a regrade of all of them is."""
    course, assignment = await run_in_threadpool(_place, context, login.user, submission)
    return await _done(
        request, context, login, course, assignment, lambda: _begin(context, login.user, course, assignment, submission)
    )


def back_to_submission(submission: str) -> Response:
    """The address of the button opened by hand: back to the page that it stands on."""
    return RedirectResponse(f"/submissions/{submission}", 303)


async def take(
    request: Request,
    context: Ctx,
    login: CurrentSession,
    form: SessionForm,
    course: str,
    assignment: str,
    regrade: str,
    step: str,
) -> Response:
    """Apply, undo or discard a regrade."""
    return await _done(
        request,
        context,
        login,
        course,
        assignment,
        lambda: _take(context, login.user, course, assignment, regrade, step),
    )


async def _done(
    request: Request, context: Context, login: LoginSession, course: str, assignment: str, do: Callable[[], None]
) -> Response:
    try:
        await run_in_threadpool(do)
    except RegradeRefused as error:
        return await run_in_threadpool(_page, request, context, login, course, assignment, error.sentence)
    return RedirectResponse(f"{assignment_path(course, assignment)}/regrade", 303)


def _page(
    request: Request, context: Context, login: LoginSession, course: str, assignment: str, problem: str
) -> Response:
    with context.database.reading() as tx:
        member, asked = asked_in(tx, login.user, course, assignment, Action.REGRADE)
        attempts = tx.gradings.attempts(asked.id)
        known = tx.regrades.of(asked.id)
        shown = [
            _shown(tx, one, asked, member) for one in known if one.state in (RegradeState.PREVIEW, RegradeState.APPLIED)
        ]
    version = context.catalog.get(asked.slug).version
    return render(
        request,
        "regrade.html",
        409 if problem else 200,
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        version=version,
        outdated=sum(one.version not in (None, version) for one in attempts),
        gradable=sum(one.state in (State.DONE, State.FAILED) for one in attempts),
        preview=next((one for one in shown if one.regrade.state is RegradeState.PREVIEW), None),
        applied=next((one for one in shown if one.regrade.state is RegradeState.APPLIED), None),
        known=known,
        problem=problem,
        now=context.clock(),
    )


def largest_first(changes: Iterable[tuple[User, Difference]]) -> tuple[tuple[User, Difference], ...]:
    """The largest changes first, and of the same size by name, as in every list of people."""
    return tuple(sorted(changes, key=lambda change: (-abs(change[1].step), change[0].name)))


def _shown(tx: Transaction, regrade: Regrade, asked: CourseAssignment, member: Membership) -> Shown:
    states, results = tx.regrades.states(regrade.id), tx.regrades.results(regrade.id)
    changes = differences(
        tx.gradings.attempts(asked.id),
        results,
        asked,
        tx.extensions.of(asked.id),
        member.course.time_zone,
    )
    users = {one.user.id: one.user for one in tx.courses.people(member.course)}
    kept = [one.submission_id for one in tx.regrades.kept(regrade.id)] if sum(states.values()) == 1 else []
    return Shown(
        regrade,
        done=states.get(State.DONE, 0),
        open=states.get(State.QUEUED, 0) + states.get(State.RUNNING, 0),
        failed=states.get(State.FAILED, 0) + states.get(State.CANCELLED, 0),
        total=sum(states.values()),
        changes=largest_first((users[one.user_id], one) for one in changes if one.user_id in users),
        only=tx.names.attempts(kept).get(kept[0]) if kept else None,
        submission_id=kept[0] if kept else "",
        result=results[0] if kept and results else None,
    )


def _place(context: Context, user: User, submission: str) -> tuple[str, str]:
    """The course and the assignment of a submission, by what addresses call them. Raises NotFound, NotAllowed."""
    with context.database.reading() as tx:
        found = seen_submission(tx, user, submission)
    found.membership.require(Action.REGRADE)
    return found.membership.course.slug, found.assignment.slug


def _begin(context: Context, user: User, course: str, assignment: str, only: str | None = None) -> None:
    with context.database.transaction() as tx:
        _member, asked = asked_in(tx, user, course, assignment, Action.REGRADE)
        begin_regrade(tx, asked, context.catalog.get(asked.slug).version, user, context.clock(), only)


def _take(context: Context, user: User, course: str, assignment: str, regrade_id: str, step: str) -> None:
    with context.database.transaction() as tx:
        _member, asked = asked_in(tx, user, course, assignment, Action.REGRADE)
        regrade = tx.regrades.get(regrade_id)
        if regrade is None or regrade.course_assignment_id != asked.id or step not in STEPS:
            raise NotFound(_("This assignment has no such regrade."))
        STEPS[step](tx, regrade, asked, user, context)
