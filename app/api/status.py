"""Where a submission stands: asked for once, waited for, or told as it changes (server-sent events).

Nothing is held while a caller waits: no thread, and no connection to the database. What is known is read again in a
short transaction when a grading ends in this process, and every half second, more seldom far back in the queue: so one
that ends in another process is seen too.
"""

import json
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse

from app.access import SeenSubmission, seen_submission
from app.api.documentation import RETRY_AFTER, TAGGED, problems
from app.api.etags import answer, asks_for_news, etag_of, is_known, tagged
from app.api.schemas import SubmissionOut
from app.api.submissions import ON_BEHALF, stated
from app.api.waits import (
    BEAT_SECONDS,
    LONGEST_PAUSE_SECONDS,
    LONGEST_STREAM_SECONDS,
    LONGEST_WAIT_SECONDS,
    PAUSE_SECONDS,
    Waits,
)
from app.context import Context
from app.dependencies import Ctx, Shown, TokenUser, bearer, note_use, token_user
from app.errors import NotAllowed, NotFound
from app.security.tokens import Scope
from app.serving.awaited_ending import AwaitedEnding
from app.serving.event_streams import EventStream, event, pieces
from app.serving.looking_again import look_again_seconds
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import Event

router = APIRouter(tags=["submissions"])

EITHER = (Scope.SUBMISSIONS_READ, Scope.SUBMISSIONS_WRITE, Scope.SUBMISSIONS_FOR_OTHERS)
Either = Annotated[TokenUser, Depends(token_user(*EITHER))]
EVENT = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {"event": {"enum": ["status", "progress"]}, "id": {"type": "string"}, "data": {"type": "string"}},
}
"""One event of a stream, for the description of the API; `data` is JSON."""

PROGRESS = frozenset({"grading.part", "grading.training"})


ASKED_LATER_SECONDS = 30.0
"""At most so much later a program is asked to look again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known at a moment: the submission, and what its grading has told since event `after`.

    typical_seconds: how long a grading of its assignment takes, where it waits for others.
    """

    body: SubmissionOut
    progress: tuple[Event, ...]
    typical_seconds: float | None

    @property
    def etag(self) -> str:
        """The tag that the answer with this body has."""
        return etag_of(bytes(answer(self.body).body))


@router.get(
    "/submissions/{submission_id}",
    operation_id="getSubmission",
    response_model=SubmissionOut,
    responses={
        **TAGGED,
        200: {"headers": {**TAGGED[200]["headers"], **RETRY_AFTER}},
        **problems(401, 403, 404, 422, 429),
    },
)
async def get_submission(
    request: Request,
    context: Ctx,
    submission_id: str,
    wait: Annotated[
        int, Query(ge=0, le=LONGEST_WAIT_SECONDS, description="Seconds to wait for the end, or for a change.")
    ] = 0,
    _shown: Shown = None,
) -> Response:
    """Where a submission stands: its state, its place in the queue, its score.

    With `wait` the answer comes once the grading has ended or, with If-None-Match, once it is another than that one;
    and after so many seconds in any case. While it waits far back in the queue, Retry-After says when to ask again.
    """
    with AwaitedEnding(context.database.endings, submission_id) as ending, ExitStack() as place:
        caller, standing = await run_in_threadpool(_looked, request, context, submission_id)
        left = 0.0 if _is_news(request, standing) else float(wait)
        if left:
            waits: Waits = request.app.state.waits
            place.callback(waits.take(caller.user.id))
        while left > 0.0:
            pause = min(left, _pause(context, standing, PAUSE_SECONDS, LONGEST_PAUSE_SECONDS))
            left -= pause
            await _rest(context, pause, ending)
            if context.event_streams.ended or await request.is_disconnected():
                break
            standing = await run_in_threadpool(_standing, context, caller, submission_id)
            if _is_news(request, standing):
                break
    later = int(_pause(context, standing, 0.0, ASKED_LATER_SECONDS))
    return tagged(request, answer(standing.body, headers={"Retry-After": str(later)} if later else None))


@router.get(
    "/submissions/{submission_id}/events",
    operation_id="followSubmission",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Events: `status` with the submission as JSON, `progress` with a part or epoch that ended. "
            "The stream ends with the grading, and after five minutes in any case: connect again with Last-Event-ID.",
            "content": {
                "text/event-stream": {
                    "schema": EVENT,
                    "example": 'event: progress\nid: 17\ndata: {"part": "relu", "given": 8.0, "maximum": 8.0}\n\n',
                }
            },
        },
        **problems(401, 403, 404, 422, 429),
    },
)
async def follow(
    request: Request,
    context: Ctx,
    caller: Either,
    submission_id: str,
    last_event_id: Annotated[str | None, Header(max_length=20)] = None,
) -> Response:
    """Follow a submission until its grading has ended."""
    after = int(last_event_id) if last_event_id and last_event_id.isascii() and last_event_id.isdigit() else 0
    await run_in_threadpool(_standing, context, caller, submission_id)  # refused before the stream begins
    waits: Waits = request.app.state.waits
    leave = waits.take(caller.user.id)  # with 429
    stream = EventStream(_told(context, caller, submission_id, after), leave)
    stream.headers["Cache-Control"] = "no-store"
    return stream


async def _told(context: Context, caller: TokenUser, submission_id: str, after: int) -> AsyncIterator[str]:
    known, left, quiet = "", float(LONGEST_STREAM_SECONDS), 0.0
    with AwaitedEnding(context.database.endings, submission_id) as ending:
        while left > 0.0:
            try:
                standing = await run_in_threadpool(_standing, context, caller, submission_id, after)
            except (NotAllowed, NotFound):  # it is no longer theirs to see
                return
            for one in standing.progress:
                after = one.id
                yield event("progress", json.dumps(dict(one.detail)), after)
            if standing.etag != known:
                known, quiet = standing.etag, 0.0
                yield event("status", json.dumps(standing.body.model_dump(mode="json")))
            elif quiet >= BEAT_SECONDS:
                quiet = 0.0
                yield ": still here\n\n"
            if standing.body.state.is_final or context.event_streams.ended:
                return
            pause = _pause(context, standing, PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
            left, quiet = left - pause, quiet + pause
            await _rest(context, pause, ending)


def _is_news(request: Request, standing: Standing) -> bool:
    return not is_known(request, standing.etag) if asks_for_news(request) else standing.body.state.is_final


async def _rest(context: Context, seconds: float, ending: AwaitedEnding) -> None:
    for piece in pieces(seconds):
        if not context.event_streams.ended and not ending.came:
            await ending.rest(piece)
    ending.look()


def _pause(context: Context, standing: Standing, at_least: float, at_most: float) -> float:
    return look_again_seconds(
        standing.body.place_in_queue,
        standing.typical_seconds,
        context.settings.worker_slots,
        at_least=at_least,
        at_most=at_most,
    )


def _looked(request: Request, context: Context, submission_id: str) -> tuple[TokenUser, Standing]:
    """Who looks, and what there is to see: in one transaction and one thread, as most requests of a rush are looks."""
    caller = None
    try:
        with context.database.reading() as tx:
            caller = bearer(request, context, tx, EITHER)
            return caller, _read(context, tx, caller, submission_id, None)
    finally:
        if caller is not None:  # also where there is nothing to see
            note_use(context, caller)


def _standing(context: Context, caller: TokenUser, submission_id: str, after: int | None = None) -> Standing:
    """Read in one short transaction, with the rights that the person has at this moment.

    after: tell what progress there was since this event; None: tell none.
    """
    with context.database.reading() as tx:
        return _read(context, tx, caller, submission_id, after)


def _read(context: Context, tx: Transaction, caller: TokenUser, submission_id: str, after: int | None) -> Standing:
    seen = seen_submission(tx, caller.user, submission_id)
    _need_scope(tx, caller, seen)
    grading = tx.gradings.standing([submission_id]).get(submission_id)
    places = tx.gradings.positions([grading.id] if grading else [])
    body = stated(seen.submission, seen.membership.course.slug, seen.assignment.slug, grading, places)
    events = tx.events.of_grading(grading.id) if grading and after is not None else []
    typical = context.pace.typical_seconds(tx, seen.assignment.id) if places else None
    progress = tuple(one for one in events if one.kind in PROGRESS and one.id > (after or 0))
    return Standing(body, progress, typical)


def _need_scope(tx: Transaction, caller: TokenUser, seen: SeenSubmission) -> None:
    """A token that only hands in follows its owner's work and what they handed in. Raises NotAllowed for the rest."""
    submission, me = seen.submission, caller.user.id
    if Scope.SUBMISSIONS_READ.value in caller.token.scopes or submission.user_id == me:
        return
    written = tx.events.of_submission(submission.id)
    if not any(one.kind == ON_BEHALF and one.user_id == me for one in written):
        raise NotAllowed(_("This needs an API token with the scope {scope}.", scope=Scope.SUBMISSIONS_READ.value))
