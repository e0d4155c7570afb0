"""How a submission that waits or runs stands: its place, the wait to expect, the parts that are in; and its stream."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from app.access import SeenSubmission, seen_submission
from app.context import Context
from app.dependencies import Ctx, CurrentSession
from app.errors import NotFound
from app.pages.account.time_zones import read_by
from app.pages.render import rendered
from app.pages.submission.progress import PartProgress, progress
from app.sandbox_health import SandboxState
from app.serving.awaited_ending import AwaitedEnding
from app.serving.event_streams import Told
from app.serving.looking_again import look_again_seconds
from grader.translation import gettext as _
from reference.errors import MaterialError
from reference.spec import Assignment
from submissions.database import Transaction
from submissions.models import Event, Grading, LoginSession

LOOK_SECONDS = 0.5
LOOK_SELDOM_SECONDS = 2.0
LOOK_MOST_SELDOM_SECONDS = 10.0
NEAR = 3
"""Places from the head of the queue within which one looks often."""

SOON_SECONDS = 5.0
"""Of a wait shorter than that nothing is claimed any more once it has lasted longer."""

SHORTEST_SECONDS = 1.0
"""No wait is promised to be shorter: a page is not made anew more often."""

TICK_SECONDS = 2.0
"""Between two sendings of nothing but a later time."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that a waiting page shows. expected_seconds: None where too little was measured, or grading rests.

    typical_seconds: how long a grading of this assignment takes.
    """

    grading: Grading
    position: int | None
    queued_seconds: float
    running_seconds: float
    expected_seconds: float | None
    typical_seconds: float | None
    paused: bool
    parts: tuple[PartProgress, ...]


def make_router() -> APIRouter:
    """/submissions/{id}/events."""
    router = APIRouter()
    router.add_api_route("/submissions/{submission}/events", events, methods=["GET"])
    return router


async def events(context: Ctx, login: CurrentSession, submission: str) -> Response:
    """What changes on the page of a waiting submission, as server-sent events: `page`, and `done` at the end."""
    await run_in_threadpool(_look, context, login, submission)  # raises NotFound before anything is sent
    return context.event_streams.response(
        login.user.id,
        lambda: _looked(context, login, submission),
        lambda: AwaitedEnding(context.database.endings, submission),
    )


def waiting(context: Context, tx: Transaction, found: SeenSubmission, grading: Grading) -> Waiting:
    """How a grading that has not ended stands, read in `tx`."""
    now = context.clock()
    told = tx.events.of_grading(grading.id)
    position = tx.gradings.position(grading.id)
    paused = context.sandbox_health().state is SandboxState.REFUSED
    typical = context.pace.typical_seconds(tx, found.assignment.id)
    queued = seconds_between(grading.created_at, grading.started_at or now)
    return Waiting(
        grading=grading,
        position=position,
        queued_seconds=queued,
        running_seconds=seconds_between(grading.started_at or now, now),
        expected_seconds=None if paused else wait_to_expect(typical, position, context.settings.worker_slots, queued),
        typical_seconds=typical,
        paused=paused,
        parts=_parts(_assignment(context, found.assignment.slug), grading, told),
    )


def seconds_between(earlier: datetime, later: datetime) -> float:
    """Never negative: clocks of two machines may differ."""
    return max(0.0, (later - earlier).total_seconds())


def page_of(login: LoginSession, found: SeenSubmission, now: Waiting) -> dict[str, Any]:
    """What the template of a waiting submission is given."""
    return {
        "waiting": now,
        "assignment": found.assignment,
        "submission": found.submission,
        "course": read_by(found.membership.course, login.user),
    }


def _looked(context: Context, login: LoginSession, submission: str) -> Told:
    """One look of a stream that has begun: what is no longer theirs to see ends it, and the page loads again."""
    try:
        return _look(context, login, submission)
    except NotFound:
        return Told("done", "", None, last=True)


def _look(context: Context, login: LoginSession, submission: str) -> Told:
    """One look, in a transaction that is over when this returns. Raises NotFound for what is not theirs to see."""
    with context.database.reading() as tx:
        if tx.accounts.session(login.key, context.clock()) is None:
            return Told("done", "", None, last=True)  # signed out meanwhile: the page loads again and says so
        found = seen_submission(tx, login.user, submission)
        grading = tx.gradings.current(submission)
        if grading is None:
            raise NotFound(_("There is no such submission among those you may see."))
        if grading.state.is_final:
            return Told("done", "", None, last=True)
        now = waiting(context, tx, found, grading)
    often = now.position is None or now.position <= NEAR
    passed = now.running_seconds if now.position is None else now.queued_seconds
    key = (grading.state, now.position, now.paused, now.parts, int(passed / TICK_SECONDS))
    text = rendered("waiting_live.html", **page_of(login, found, now))
    seldom = look_again_seconds(
        now.position,
        now.typical_seconds,
        context.settings.worker_slots,
        at_least=LOOK_SELDOM_SECONDS,
        at_most=LOOK_MOST_SELDOM_SECONDS,
    )
    return Told("page", text, key, pause_seconds=LOOK_SECONDS if often else seldom)


def wait_to_expect(typical: float | None, position: int | None, slots: int, waited: float) -> float | None:
    """The wait until a grading at `position` begins, where those ahead take as long as this assignment's do.

    None where nothing can be said: too little is measured, or the wait has shown already that those ahead take longer.
    That holds of the next ones, for whom nobody but what is being graded is in the way, and of every short wait.
    """
    if typical is None or position is None:
        return None
    expected = max(SHORTEST_SECONDS, typical * -(-position // slots))
    proved_wrong = waited > expected and (position <= slots or expected < SOON_SECONDS)
    return None if proved_wrong else expected


def _parts(assignment: Assignment | None, grading: Grading, told: list[Event]) -> tuple[PartProgress, ...]:
    return progress(assignment, grading, told) if assignment else ()


def _assignment(context: Context, slug: str) -> Assignment | None:
    """The assignment, unless its folder is gone or broken: it is needed only to name the parts."""
    try:
        return context.catalog.get(slug).assignment
    except MaterialError:
        return None
